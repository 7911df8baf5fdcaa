/* build: what tells one build of this program from another. */
#ifndef ANNALS_API_BUILD_H
#define ANNALS_API_BUILD_H

/* Of the linker's build id, 40 hexadecimal digits, or the program's version where it has none. */
#define BUILD_SIZE 41
void build_name(char out[BUILD_SIZE]);

#endif
