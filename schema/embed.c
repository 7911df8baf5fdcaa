/*
 * A tool of the build: writes a C file that holds the bytes of other files.
 * usage: embed OUTPUT FOLDER NAME FILE...   (files relative to FOLDER)
 * The file declares NAME_files and NAME_count.
 */
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s %s\n", what, name);
    exit(1);
}

static size_t write_bytes(FILE *out, const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        fail("cannot read", path);
    size_t n = 0;
    for (int c; (c = getc(in)) != EOF; n++)
        fprintf(out, "%d,%s", c, n % 24 == 23 ? "\n" : "");
    if (ferror(in))
        fail("cannot read", path);
    fclose(in);
    fputs("0};\n", out);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        fail("usage: embed OUTPUT FOLDER NAME", "FILE...");
    FILE *out = fopen(argv[1], "w");
    if (out == NULL)
        fail("cannot write", argv[1]);
    size_t *sizes = calloc((size_t)argc, sizeof *sizes);
    if (sizes == NULL)
        fail("out of memory for", argv[1]);

    fputs("#include \"embedded.h\"\n\n", out);
    for (int i = 4; i < argc; i++) {
        fprintf(out, "static const unsigned char file_%d[] = {\n", i);
        sizes[i] = write_bytes(out, argv[2], argv[i]);
    }
    fprintf(out, "const struct embedded %s_files[] = {\n", argv[3]);
    for (int i = 4; i < argc; i++)
        fprintf(out, "    {\"%s\", file_%d, %zu},\n", argv[i], i, sizes[i]);
    fprintf(out, "};\nconst size_t %s_count = %d;\n", argv[3], argc - 4);
    free(sizes);
    if (fclose(out) != 0)
        fail("cannot write", argv[1]);
    return 0;
}
