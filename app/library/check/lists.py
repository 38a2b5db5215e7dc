"""The word lists of the rules. A change here needs two reviewers: the same words count for all sides."""

# ruff: noqa: SIM905  a list of words is easier to read and to review without quotation marks
from __future__ import annotations


def _listed(text: str) -> tuple[str, ...]:
    """Words and phrases between commas."""
    return tuple(" ".join(name.split()) for name in text.split(","))


# LES-02: what a learner can be seen to do.
OBSERVABLE_VERBS = frozenset(
    """
    analyse apply argue arrange assess calculate categorise challenge choose cite classify compare compute
    construct contrast convert correct date defend define demonstrate derive describe detect diagnose
    differentiate discriminate distinguish draft draw estimate evaluate explain extract formulate give
    identify illustrate infer interpret judge justify label list locate map mark match measure name order
    outline paraphrase place plot predict prioritise produce propose quote rank rate recall recognise
    reconstruct restate rewrite select separate set show sketch solve sort specify state summarise tell test
    trace translate update use verify weigh write
    """.split()
)
VAGUE_VERBS = ("understand", "know", "learn", "appreciate", "be aware", "become aware", "be familiar", "grasp")

# LES-07
COLOURS = frozenset("red green blue yellow orange purple violet pink brown grey gray black white amber teal".split())
OTHER_CUES = frozenset(
    """
    dashed dotted solid thick thin thicker thinner labelled labeled marked named hatched striped shaded left
    right top bottom upper lower above below first second third last circle circles square squares triangle
    triangles dot dots arrow arrows bar bars row column step stepped rising falling
    """.split()
)

# what says that an answer is wrong, and nothing more.
BARE_VERDICTS = frozenset(
    _listed(
        """
    incorrect, wrong, no, false, not correct, not right, that is incorrect, this is incorrect, that is
    wrong, this is wrong, correct, right, yes, true, that is correct, this is correct, incorrect answer,
    wrong answer, correct answer, right answer, this answer is wrong, this answer is incorrect, this option
    is wrong, this option is incorrect, try again
    """
    )
)

# a stem that asks for something begins a sentence with one of these.
IMPERATIVES = frozenset(
    """
    answer arrange assign assume calculate categorise choose classify click compare complete consider decide
    define describe drag enter estimate explain fill find give grade group identify imagine indicate label list
    locate mark match name number order pick place put rank rate read select sort state suppose tick type
    use weigh write
    """.split()
)

#
NEGATIVES = ("not", "except", "least", "never")

# MC-04
ABSOLUTES = frozenset(
    """
    always never all none every only completely impossible must cannot guarantee guarantees guaranteed
    """.split()
)

# TY-TF: with one of these a statement can be right in part.
VAGUE = frozenset("often usually sometimes rarely generally mostly frequently occasionally perhaps probably".split())
FINITE_VERBS = frozenset(
    """
    is are was were has have had does do did can could will would may might shall isn't aren't wasn't weren't
    hasn't haven't hadn't doesn't don't didn't can't couldn't won't wouldn't
    """.split()
)

# TY-OR
ORDER_WORDS = frozenset({"first", "firstly", "then", "later", "finally"})

# what is so today and may not be so tomorrow.
AGEING = _listed("currently, recent, recently, now, today, nowadays, this year, this month, latest, so far, at present")

#
FREQUENCIES = frozenset(
    "often usually sometimes rarely frequently occasionally generally typically commonly seldom regularly".split()
)

# capitals that need no explanation, and words that are set in capitals to be seen.
KNOWN_CAPITALS = frozenset(
    """
    NOT EXCEPT LEAST NEVER ALL ANY ONE BOTH NO AND OR BEFORE AFTER FIRST MOST ONLY
    US USA UK UN EU NATO TV AM PM UTC GMT OK ID PDF
    """.split()
)

# LES-13: words by which a text points at a figure.
FIGURE_WORDS = frozenset(
    """
    figure drawing diagram chart graph map timeline picture curve sketch ladder table plot image drawn lines bars
    """.split()
)

# SRC-03: words that judge whoever they are said of. A change needs two reviewers, one of them of another view,
# and what is listed for one side is listed for all: every entry must be as wrong of a friend as of an enemy.
LOADED = _listed(
    """
    reckless, recklessly, rogue, puppet, puppets, so-called, thug, thugs, thuggish, heroic, heroically, sabre-rattling,
    saber-rattling, sabre rattling, saber rattling, unprovoked, appeasement, appeaser, appeasers, warmonger,
    warmongers, warmongering, warmongering, evil, barbaric, bloodthirsty, cowardly, coward, crazed, madman, fanatic,
    fanatics, fanatical, tyrant, tyranny, despot, henchman, henchmen, stooge, stooges, mouthpiece, brainwashed,
    cynical ploy, butcher, axis of evil, freedom fighter, freedom fighters, martyr, martyrs, martyred, liberators,
    shameful, disgraceful, despicable, outrageous, brazen, war machine, hysterical, hysteria
    """
)
# These have an honest use of their own (a theory of bluffing, an inspection regime), so they count only where a
# state, an alliance or a leader is named in the same sentence.
LOADED_OF_ACTORS = _listed(
    """
    aggressive, aggressively, aggression, aggressor, regime, blackmail, blackmails, blackmailed, bluff, bluffs,
    bluffed, bluffing, bluffer, propaganda, propagandist, provocation, provocative, terrorist, terrorists, terrorism,
    hostile, belligerent, unhinged, irrational, defiant, defiantly, sinister, meddling, bullying, bully
    """
)

# SRC-05
MIND_VERBS = _listed(
    """
    wants, wanted, want, intends, intended, intend, plans, planned, plan, believes, believed, believe, fears, feared,
    fear, hopes, hoped, hope, aims, aimed, seeks, sought, thinks, thought
    """
)

# SRC-07
OVERSURE = _listed(
    "clearly, obviously, of course, undeniably, undoubtedly, everyone knows, needless to say, proves, proved, debunked"
)
NOTHING = frozenset("no nothing neither none never nor hardly not little cannot without nobody".split())

# SRC-08
LIKELIHOODS = _listed(
    """
    likely, unlikely, probably, improbable, almost certain, almost certainly, almost no chance, remote chance,
    remote possibility, roughly even, highly likely, very likely
    """
)
COMPARING = frozenset("more less as how equally most least so too".split())

# SRC-04
ADVOCACY = _listed(
    """
    should, must, ought to, needs to, need to, has no choice but, have no choice but, had no choice but
    """
)
LEADERS = _listed(
    """
    president, prime minister, supreme leader, foreign minister, defence minister, the government, trump,
    biden, obama, bush, khamenei, rouhani, zarif, soleimani, hajizadeh, milley, esper, pompeo, netanyahu,
    putin, zelensky, zelenskyy, xi jinping, kim jong un, assad, erdogan, modi, macron, merkel, johnson,
    abdul mahdi
    """
)
ALLIANCES = _listed(
    """
    the west, nato, the alliance, the allies, the coalition, the european union, the eu, the united nations,
    the un, washington, tehran, baghdad, moscow, beijing, kyiv, jerusalem, london, brussels, the pentagon,
    the kremlin, the white house, the revolutionary guard, hezbollah, hamas, the taliban
    """
)

# SRC-06
ATTRIBUTIONS = _listed(
    """
    according to, argue, argues, argued, claim, claims, claimed, say, says, said, state, states, stated,
    write, writes, wrote, report, reports, reported, hold, holds, held, in the view of, in the words of,
    announced, describes, described, maintains, maintained, denied, denies, concludes, concluded, cites,
    quoted, quotes
    """
)

# SRC-10
INVENTED = ("invented", "imaginary", "imagined", "fictional", "fictitious", "made-up", "hypothetical")
SUPPOSITIONS = ("imagine", "suppose")

STATES = _listed(
    """
    Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain,
    Bangladesh, Belarus, Belgium, Bolivia, Bosnia, Brazil, Britain, Bulgaria, Cambodia, Cameroon, Canada,
    Chile, China, Colombia, Congo, Croatia, Cuba, Cyprus, Czechia, Denmark, Ecuador, Egypt, Estonia,
    Ethiopia, Finland, France, Germany, Ghana, Great Britain, Greece, Hungary, Iceland, India, Indonesia,
    Iran, Iraq, Ireland, Israel, Italy, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Latvia, Lebanon,
    Libya, Lithuania, Malaysia, Mali, Mexico, Moldova, Mongolia, Morocco, Myanmar, Nepal, Netherlands, New
    Zealand, Nigeria, North Korea, Norway, Oman, Pakistan, Palestine, Panama, Peru, Philippines, Poland,
    Portugal, Qatar, Romania, Russia, Rwanda, Saudi Arabia, Serbia, Singapore, Slovakia, Slovenia, Somalia,
    South Africa, South Korea, Soviet Union, Spain, Sudan, Sweden, Switzerland, Syria, Taiwan, Thailand,
    Tunisia, Turkey, Türkiye, U.K., U.S., UK, US, USA, USSR, Uganda, Ukraine, United Arab Emirates, United
    Kingdom, United States, Uzbekistan, Venezuela, Vietnam, Yemen
    """
)
PEOPLES = _listed(
    """
    American, Iranian, Iraqi, Israeli, Russian, Chinese, Ukrainian, British, French, German, Syrian, Saudi,
    Turkish, Indian, Pakistani, Korean, Japanese, Soviet, Lebanese, Yemeni, Palestinian
    """
)

# TY-FR: words that grade a text without saying what is there to be seen.
SCALE_WORDS = frozenset(
    """
    excellent outstanding perfect good fair poor bad weak strong adequate inadequate satisfactory unsatisfactory
    sufficient insufficient acceptable unacceptable limited basic advanced average clear unclear clearly poorly
    partly partially fully completely mostly rather somewhat answer answers response text work quality level
    performance
    """.split()
)

# TY-CL, TY-FR: words of one to three letters that carry no meaning, beside those of STOP_WORDS.
SHORT_STOP_WORDS = frozenset(
    """
    a all am an and any are as at be but by can did do for get got had has he her him his how i if in is it its
    let may me my no nor not of off on one or our out own per she so the to too two up us was we who why yes yet you
    """.split()
)

STOP_WORDS = frozenset(
    """
    about above after again against also although among another anything around because been before being
    below best better between both came come could does doing done down during each either else even ever
    every everything fact facts from gave give given gives goes gone have having here hers herself himself
    into itself just kind know like made make makes many might more most much must near need neither never
    none nothing once only onto other others ought ourselves over part quite rather said same says seem
    seems shall should since some someone something soon still such take takes than that their theirs them
    themselves then there these they thing things this those though three through thus together told took
    toward under unless until upon used uses very want well went were what whatever when where whether which
    while whom whose will with within without would year years zero four five six seven eight nine ten
    eleven twelve twenty hundred your yours yourself first second
    """.split()
)
