/* language: tags of languages (BCP 47, RFC 5646), and which name is in one. */
#ifndef ANNALS_API_LANGUAGE_H
#define ANNALS_API_LANGUAGE_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Whether text is well-formed: the syntax of RFC 5646, section 2.1, private use and the
 * grandfathered tags included. Whether its subtags are registered is not looked at.
 */
bool language_is_tag(str text);

/*
 * How well a name in the language `tag` serves who asks for `wanted`, case apart: 0 not at all;
 * the more the better. A name in just that language serves best; then one in a narrower variety
 * of it (az-Cyrl for az); then one in what the asker's tag begins with, the more of it the better
 * (az for az-Latn-AZ, RFC 4647, section 3.4).
 */
int language_fit(str wanted, str tag);

#endif
