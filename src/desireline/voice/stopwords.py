"""Words that tell nothing of a topic in each language: articles, pronouns, prepositions, auxiliaries, greetings."""

from typing import Final

_EN: Final = """
a about after again all also am an and any are as at be because been before being but by can cannot can't
could did do does doesn't doing don't down each few for from further get got had has have having he hello her
here hers hi him his how i i'd i'll i'm i've if in into is isn't it it's its just let like ll make me more
most my no nor not now of off on once only or other our out over own please re same she should so some still
such than thank thanks that that's the their them then there these they this those through to too try under
until up us ve very want was wasn't way we were what when where which while who why will with won't would you
your yours need tell know say said
"""
_PL: Final = """
a aby ach ale albo ani aż bardzo bez bo by być był była było były będzie będą chcę chciałbym chciałabym ci cię
co coś czy czyli dla do dzień dobry gdy gdyż gdzie go i ich ile im inny ja jak jaki jakie jako je jeden jednak
jego jej jest jestem jeszcze jeśli już każdy kiedy kto która które którego której który których którzy ku lub
ma mam mamy mi mnie moja moje mogę może można mój mu my na nad nam nas nasz nawet nic nich nie niej nim niż no
o od on ona one oni oraz pan pani po pod ponieważ poza proszę przed przez przy raz się skąd są ta tak także
tam te tego tej ten też to tu tutaj tych tylko tym u w was we wiem więc wszystko wy z za zawsze ze że żeby
został została zostało pana państwo sobie siebie śmy
"""
_HR: Final = """
a ako ali baš bez bi bih bilo bila bile bili bio biti bismo budu bude čak će ćemo ćete ću da dakle dan dobar
do dok evo ga gdje hvala i iako ih ili im ima imam imamo imate iz ja je jedan jedna jedno jer jesam jesmo
jeste još ju kad kada kako kao koja koje koji kojih kojoj kojem kojim koju kroz li me meni mi mene moj moja
moje mogu možda može molim na nad nakon nam nas naš ne neka neki neko nekoliko nema nego ni nije nisam nisu
niti no o od oko on ona oni ono ova ovaj ove ovi ovo pa po pod poslije prema pri prije s sa sam samo se sebe
si smo ste su sve svi šta što ta taj tako također tamo te ti to toga tom tu u uz va vam vas već vi više vrlo
za zašto zbog želim gospodin gospođa kolega
"""

_LISTS: Final = {"en": frozenset(_EN.split()), "pl": frozenset(_PL.split()), "hr": frozenset(_HR.split())}


def stop_words(language: str) -> frozenset[str]:
    """Lower-case words; none for a language without a list."""
    return _LISTS.get(language, frozenset())
