#include "model/vocabulary.h"

/* Types of events: the sixteen of PLOVER (Political Language Ontology for Verifiable Event
 * Records), from the most cooperative to the most hostile as PLOVER orders them. */
static const struct term types[] = {
    {"agree", "Agree", "Parties commit themselves to something: a treaty, a ceasefire, a deal"},
    {"consult", "Consult", "Parties meet, call, visit or negotiate"},
    {"support", "Support", "One side backs another in words or by a diplomatic act"},
    {"concede", "Concede", "One side yields, eases its measures or gives up a demand"},
    {"cooperate", "Cooperate", "Parties act together: trade, share information, exercise jointly"},
    {"aid", "Aid", "One side gives help: money, goods, shelter, arms or peacekeepers"},
    {"retreat", "Retreat", "Forces or officials withdraw, or fighting is ended"},
    {"request", "Request", "One side asks or appeals for something"},
    {"accuse", "Accuse", "One side blames, criticises or condemns another, or investigates it"},
    {"reject", "Reject", "One side refuses a proposal, a demand or to meet"},
    {"threaten", "Threaten", "One side warns another of what it will do"},
    {"protest", "Protest", "People gather, strike or march against something"},
    {"sanction", "Sanction", "One side cuts or reduces relations: embargo, expulsion, suspension"},
    {"mobilize", "Mobilize", "Forces are readied, moved or shown without being used"},
    {"coerce", "Coerce", "Power is used short of killing: arrest, seizure, repression"},
    {"assault", "Assault", "Violence that can kill: an attack, a battle, a war"},
};

static const struct term roles[] = {
    {"initiator", "Initiator", "Who acts, or began it"},
    {"target", "Target", "Whom the act is directed at"},
    {"signatory", "Signatory", "Who signs and is bound by it"},
    {"mediator", "Mediator", "Who brings the others together"},
    {"guarantor", "Guarantor", "Who answers for its being kept"},
    {"host", "Host", "At whose place it happens"},
    {"speaker", "Speaker", "Who speaks or announces"},
    {"participant", "Participant", "Who takes part, in no more exact role"},
    {"observer", "Observer", "Who is present and takes no part"},
    {"beneficiary", "Beneficiary", "Who gains by it or for whom it is done"},
};

static const struct term relation_types[] = {
    {"responds_to", "Responds to", "It answers the other event"},
    {"part_of", "Part of", "It is one piece of the other event"},
    {"implements", "Implements", "It carries out what the other event settled"},
    {"violates", "Violates", "It breaks what the other event settled"},
    {"alleged_breach_of", "Alleged breach of", "Somebody says that it breaks the other event"},
    {"amends", "Amends", "It changes what the other event settled"},
    {"terminates", "Terminates", "It ends what the other event began"},
    {"follows", "Follows", "It comes after the other event and is connected with it"},
    {"causes", "Causes", "It brings the other event about"},
    {"same_as", "Same as", "Both are one event under two ids"},
};

static const struct term actor_kinds[] = {
    {"state", "State", "A country, recognised or not"},
    {"organisation", "Organisation", "A body with members or staff: a ministry, company, alliance"},
    {"person", "Person", "One human being"},
    {"group", "Group", "People with something in common and no organisation"},
};

static const struct term stances[] = {
    {"asserts", "Asserts", "The speaker says that it is so"},
    {"denies", "Denies", "The speaker says that it is not so"},
    {"accuses", "Accuses", "The speaker blames somebody for it"},
    {"proposes", "Proposes", "The speaker suggests it"},
    {"promises", "Promises", "The speaker commits to it"},
    {"acknowledges", "Acknowledges", "The speaker admits it"},
};

static const struct term text_accesses[] = {
    {"public", "Public", "The text may be given out"},
    {"withheld", "Withheld", "The text may not be given out"},
};

#define VOCABULARY(name, terms)                                                                    \
    {                                                                                              \
        name, terms, sizeof(terms) / sizeof *(terms)                                               \
    }

static const struct {
    const char *name;
    const struct term *terms;
    size_t n;
} vocabularies[] = {
    [VOCABULARY_TYPE] = VOCABULARY("event type", types),
    [VOCABULARY_ROLE] = VOCABULARY("role", roles),
    [VOCABULARY_RELATION_TYPE] = VOCABULARY("relation type", relation_types),
    [VOCABULARY_ACTOR_KIND] = VOCABULARY("kind of actor", actor_kinds),
    [VOCABULARY_STANCE] = VOCABULARY("stance", stances),
    [VOCABULARY_TEXT_ACCESS] = VOCABULARY("access to a text", text_accesses),
};

const struct term *vocabulary_terms(enum vocabulary v, size_t *n)
{
    *n = vocabularies[v].n;
    return vocabularies[v].terms;
}

const struct term *vocabulary_find(enum vocabulary v, str id)
{
    for (size_t i = 0; i < vocabularies[v].n; i++)
        if (str_eq(id, str_from(vocabularies[v].terms[i].id)))
            return &vocabularies[v].terms[i];
    return NULL;
}

bool vocabulary_has(enum vocabulary v, str id)
{
    return vocabulary_find(v, id) != NULL;
}

const char *vocabulary_name(enum vocabulary v)
{
    return vocabularies[v].name;
}
