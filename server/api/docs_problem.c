#include "api/docs.h"

const char *docs_problem(enum err_code code)
{
    static const char *const said[] = {
        [ERR_BAD_REQUEST] = "The path or a header is malformed: detail says where.",
        [ERR_BAD_PARAMETER] =
            "A parameter or one of its values is not known. errors names each of them, what was "
            "wrong, and often the nearest that is known.",
        [ERR_BAD_SYNTAX] = "The body is not JSON: errors has the line and the column.",
        [ERR_UNAUTHORIZED] = "A write without a token, or with one that is not good. Send "
                             "Authorization: Bearer TOKEN; annals token create makes one.",
        [ERR_FORBIDDEN] = "The token may only read. Writing needs the scope write or admin.",
        [ERR_READ_ONLY] = "Every write to a store that is served read-only is answered so.",
        [ERR_TEXT_WITHHELD] = "The source may be quoted but its text not be given out. Its "
                              "annotations say where in it the evidence stands.",
        [ERR_NOT_FOUND] = "No such address, or nothing of this id at this version or known at "
                          "that day. detail names the nearest id where there is one.",
        [ERR_METHOD] = "Allow lists the methods that apply.",
        [ERR_NOT_ACCEPTABLE] = "The format that was asked for by name is not given at this "
                               "address. detail lists those that are.",
        [ERR_TIMEOUT] = "Head or body did not arrive in time.",
        [ERR_CONFLICT] = "Reserved: no request is answered so at present.",
        [ERR_GONE] = "It was there. detail says which changeset removed it and which as_of still "
                     "shows it.",
        [ERR_LENGTH_REQUIRED] = "Send Content-Length with the body.",
        [ERR_PRECONDITION] = "If-Match or If-None-Match does not hold: somebody else wrote in "
                             "between. Read again, then write.",
        [ERR_TOO_LARGE] = "A document may have 8 MiB, a stream of them 64 MiB.",
        [ERR_TARGET_TOO_LONG] = "An address may have 8 KiB.",
        [ERR_MEDIA_TYPE] = "Content-Type, charset or Content-Encoding of the body is not read.",
        [ERR_EXPECTATION] = "Only Expect: 100-continue is met.",
        [ERR_INVALID_DOCUMENT] = "The document does not hold together. errors has a JSON pointer "
                                 "for each place.",
        [ERR_CROWDED] = "policy=source:ID over an event with so many accounts that single sources "
                        "are not told apart as of earlier days. detail names it.",
        [ERR_IDEMPOTENCY] = "This Idempotency-Key came with another address or body before. Use a "
                            "new key for a new request.",
        [ERR_TOO_MANY] = "Reserved: no request is answered so at present.",
        [ERR_HEADERS_TOO_LARGE] = "The head may have 16 KiB and 64 fields.",
        [ERR_INTERNAL] = "A mistake of this program: please report it.",
        [ERR_NOT_BUILT] = "The interface promises it and this version does not have it yet.",
        [ERR_STORE] = "A full disk or a damaged file: whoever runs this server has to look.",
        [ERR_OVERLOADED] = "Try again after as many seconds as Retry-After says.",
        [ERR_DEADLINE] = "Ask for less: a narrower date, fewer words, fewer rows.",
    };
    return code < sizeof said / sizeof *said ? said[code] : NULL;
}
