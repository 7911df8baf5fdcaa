#include "api/build.h"

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"

#define LONGEST 20 /* bytes of an id that are shown */

/* Looks for NT_GNU_BUILD_ID among the notes of one segment. */
static bool find_note(const char *p, size_t size, char *out)
{
    while (size > sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) note;
        memcpy(&note, p, sizeof note);
        size_t name = (note.n_namesz + 3u) & ~(size_t)3, id = (note.n_descsz + 3u) & ~(size_t)3;
        const char *bytes = p + sizeof note + name;
        size_t whole = sizeof note + name + id;
        if (whole > size)
            return false;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_descsz > 0) {
            unsigned char kept[LONGEST];
            size_t n = note.n_descsz < LONGEST ? note.n_descsz : LONGEST;
            memcpy(kept, bytes, n);
            hash_hex(kept, n, out);
            return true;
        }
        p += whole;
        size -= whole;
    }
    return false;
}

/* The first object that is listed is the program itself. */
static int look_at(struct dl_phdr_info *info, size_t size, void *out)
{
    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        /* The loader's table holds addresses as integers: there is no other way to its bytes. */
        const char *start = (const char *)(info->dlpi_addr + segment->p_vaddr);
        if (segment->p_type == PT_NOTE && find_note(start, segment->p_memsz, out))
            break;
    }
    return 1;
}

void build_name(char out[BUILD_SIZE])
{
    snprintf(out, BUILD_SIZE, "%s", ANNALS_VERSION);
    dl_iterate_phdr(look_at, out);
}
