#include "coach/traits.h"

static const struct {
    enum word_trait trait;
    const char *words;
} lists[] = {
    {TRAIT_JOINING,
     "after although and as because before but if once or since so than that then though unless until when where "
     "whereas whether which while who whose why how what plus yet"},
    {TRAIT_PREPOSITION,
     "about after against among around at before behind below between by for from in inside into like near of on onto "
     "over per than through to under until via with within without"},
    {TRAIT_STATE,
     "advanced afraid amazed annoyed ashamed based born bored certified complicated confused convinced crowded "
     "delighted excited experienced frustrated gone interested involved left limited located lost married pleased "
     "prepared related relieved retired satisfied scared stuck supposed surprised tired used wicked worried hundred "
     "need indeed"},
    {TRAIT_MANNER,
     "accident and around car chance default december design doing dint email far friday half hand mail making march "
     "means mistake monday name now one phone post putting then using week year"},
    {TRAIT_LEAD, "to the a"},
    {TRAIT_NUMERAL, "a one several half double twice thrice"}, /* and those of number_words.c */
    {TRAIT_CHANGE,
     "fell fall falls fallen rose rise risen rises grew grow grown dropped drop drops climbed climb went go came come "
     "sank sunk increased increase decreased decrease reduced reduce cut cuts improved improve jumped slid moved "
     "shrank shrunk lost gained added saved saves raised lowered declined halved lifted brought got slipped settled "
     "reached became soared doubled tripled recovered changed up down"},
    {TRAIT_APPROXIMATE,
     "about roughly around some nearly almost only just over under well a approximately the another at least most "
     "still something like"},
    {TRAIT_DETERMINER,
     "a an the my our your his her its their this that these those each every no another both some any all nobody "
     "everybody somebody nothing everything most many few several one two three four five six seven eight nine ten"},
    {TRAIT_IMPERSONAL, "it it's it'd it'll this that's there there's here these those"},
    {TRAIT_PERSONAL,
     "admitted advised agreed apologised apologized argued assumed assured begged believed blamed bought claimed "
     "complained confessed decided declared demanded disagreed discussed explained feared felt forgot hesitated hired "
     "hoped insisted intended invited laughed learned learnt liked loved nodded objected offered ordered paid planned "
     "praised preferred promised proposed quoted realised realized recommended resigned shrugged signed smiled spoke "
     "swore talked thanked thought threatened understood voted wanted warned wished wondered wrote"},
};

bool trait_words(size_t i, enum word_trait *trait, const char **words)
{
    if (i >= sizeof(lists) / sizeof(lists[0])) {
        return false;
    }
    *trait = lists[i].trait;
    *words = lists[i].words;
    return true;
}
