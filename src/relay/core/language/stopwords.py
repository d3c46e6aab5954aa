"""Words that tell no subject, by language and without accents: function words, and what every news says of itself."""

_FRENCH = """
a afin ai ailleurs ainsi alors apres as assez au aucun aucune aujourd aupres aura auront aussi autant autour autre
autres aux avaient avait avant avec avoir avons ayant beaucoup bien c ca car ce ceci cela celle celles celui cent
cependant ces cet cette ceux chacun chacune chaque chez ci cinq comme comment contre d dans de debut deja depuis
derriere des desormais deux devant devra devront dix dois doit doivent donc dont douze du durant elle elles en encore
enfin ensuite entre environ es est et etaient etait etant ete etes etre eu eux faire fait faites faut fois font furent
grace hier hors hui huit ici il ils j jamais je jour jours jusqu jusque l la laquelle le lequel les lesquelles
lesquels leur leurs lors lorsqu lorsque lui m ma mais malgre me meme memes mes mieux mille moi moins mois moitie
moment mon n ne neuf ni non nos notre nous nouveau nouveaux nouvel nouvelle nouvelles on ont onze or ou outre par
parce parfois parmi partir pas pendant permet peu peut peuvent plus plusieurs plutot pour pourquoi pourra pourront
pourtant pouvoir premier premiere premieres premiers pres presque puis puisque qu quand quant quarante quatre
quatrieme que quel quelle quelles quelqu quelque quelques quels qui quinze quoi s sa sait sans sauf se second seconde
seize selon sera seraient serait seront ses seul seule seulement seuls si sien sinon six soit soixante sommes son sont
sous souvent suis suite sur surtout t ta tandis tant te tel telle telles tels tes tiers toi ton toujours tous tout
toute toutefois toutes treize trente tres trois troisieme trop tu un une vers via vient vingt voici voila vos votre
vous vraiment y janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi
mercredi jeudi vendredi samedi dimanche an annee annees ans semaine semaines euro euros million millions milliard
milliards actualite actualites annonce annoncee annoncent annoncer article communique decouvrez lance lancee lancement
lancent lire presente presentee presentent publie publiee publient publication savoir
"""

_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being below between both but
by can could d did do does doing down during each few first for from further had has have having he her here hers him
his how i if in into is it its just last ll m many may me might more most must my new no nor not now of off on once
one only or other our out over own per re s same second shall she should since so some such t than that the their them
then there these they this those three through to too two under until up upon us ve very was we were what when where
which while who why will with within without would yet you your january february march april june july august
september october november december monday tuesday wednesday thursday friday saturday sunday day days week weeks month
months year years million millions billion announce announced announces article launch launched launches news press
publish published read release report
"""

STOP_WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
