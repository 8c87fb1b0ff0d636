"""Words that say nothing of what a text is about."""

STOPWORDS = frozenset(
    """
    aan aangaande aangezien achter af afgelopen al aldus alhoewel alle alleen alles allemaal als alsmede alsnog alsook
    altijd ander andere anderen anders behalve beide bent beneden bij bijna bijvoorbeeld binnen binnenin boven
    bovendien buiten daar daarbij daardoor daarin daarmee daarna daarnaast daarom daaronder daarop daarover daartoe
    daarvan daarvoor dan dat de deze die dit doch doe doen doet door doordat dus echter een eens eerder elk elke en
    enige enkel enkele er eraan erbij erin ermee erop ertoe ervan ervoor etc even evenals eveneens ge gedurende geen
    geweest had hadden heb hebben hebt heeft hem hen het hierbij hierdoor hierin hiermee hierna hiernaast hierom
    hieronder hierop hierover hiertoe hiervan hiervoor hij hoe hoewel hun iemand iets ieder iedere iedereen ik in
    inzake is je jij jou jouw jullie kan kon konden kun kunnen kunt laat laten maar mag me mede mee meer mij mijn
    moest moesten moet moeten mogen na naar nadat namelijk naast niet niets niks nog noch nu of ofwel om omdat omtrent
    ondanks onder ons onze ook op over overigens per reeds sinds soms sommige te tegen tegelijk ten tenzij ter terwijl
    tevens toch toe toen tot totdat tussen u uit uw vaak van vanaf vanuit vanwege vele veel via voor vooral voordat
    waar waaraan waarbij waardoor waarin waarmee waarnaar waarom waaronder waarop waarover waarvan waarvoor want waren
    was wat we weer wel welke welk werd werden wie wij word worden wordt zal ze zeer zelf zich zij zijn zo zoals zodat
    zodra zonder zou zouden zowel zullen zult 's 't 'n aldaar alwaar dien diens dier welks wier wiens nogal
    met haar indien tijdens elkaar slechts steeds verder zodanig betreffende desbetreffende dergelijke dezelfde
    hetzelfde men hier heel hele zeker eerst immers vervolgens opnieuw pas wijze mate name sprake betreft dient dienen
    één wanneer waarna waaruit waartoe waarmede daaruit daaraan hieruit hieraan hiertegen daartegen ervoor ernaast
    """.split()
)
"""Dutch function words, lower case."""

QUESTION_WORDS = frozenset(
    """
    geef gaat gaan ging graag hoeveel hoelang kom komt komen krijgen krijgt leg maakt maken noem noemen noemt precies
    staat staan stond vertel volgens waarheen waartoe wanneer weet weten willen wil wilt worden zegt zeggen zei zien
    ziet zin zijn
    vind vinden vindt denken denkt bestaat bestaan geldt gelden gebeurt gebeuren gebeurd heet heten
    adviseert adviseren adviseerde beveelt bevelen aanbevelen aanbevolen aanbeveelt raadt aanraden aanraadt
    pleit pleiten bepleit bepleiten stelt stellen voorstelt voorstellen
    """.split()
)
"""Words that a question is made of: searched for at a lower weight, since a passage seldom holds them for a reason."""

ENGLISH_STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers him
    his how i if in into is it its itself just me more most must my no nor not now of off on once only or other our
    out over own per same shall she should so some such than that the their them then there these they this those
    through to too under until up upon us very via was we were what when where whether which while who whom whose why
    will with within without would you your
    """.split()
)
"""English function words, lower case."""
