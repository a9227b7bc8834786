"""What the words and forms of a short page suggest that it is: the last witness.

It refuses nothing by itself: true statements say such words too. Who knows what was there before decides.
"""

from __future__ import annotations

import re
import unicodedata

from crawler.extract.blocks import Page
from crawler.values import Notice

_SENTENCES = re.compile(r"[.!?؟。\n;:]+")
_NOT_WORDS = re.compile(r"[\W\d_]+")

# Both in one sentence: the thing that was asked for, and that it is not there. Stems, in en, fr, es, ar, pt,
# ru, de; letters without case, accents and vowel signs, words set apart by one space, as `_plain` gives them.
_THING = re.compile(
    r"\b(?:(?:web)?pages?|address|url|links?|content|documents?|articles?|files?|location|here"
    r"|what you (?:a|we)re looking for|adresse|lien|contenu|fichier|ici|ce que vous cherchez"
    r"|paginas?|direccion|enlace|contenido|documentos?|articulos?|archivo|aqui|lo que busca\w*"
    r"|endereco|ligacao|conteudo|artigos?|ficheiro|o que procura"
    r"|(?:ال|ب)?صفح\w*|(?:ال|هذا ال)?عنوان|(?:ال)?رابط|(?:ال)?محتوي?ى?|هنا|ما تبحث عنه"
    r"|страниц\w*|адрес\w*|ссылк\w*|материал\w*|документ\w*|здесь|seite|inhalt|hier)\b"
)
_GONE = re.compile(
    r"\b(?:not? (?:be )?(?:found|exist\w*|anything)|no longer|nothing"
    r"|(?:can ?not|can t|could ?n ?t|could not|un ?able to) "
    r"(?:be )?(?:find|found|locate\w*)|does ?n ?t exist|nowhere|any ?more"
    r"|(?:been|was|were|is) (?:re)?(?:moved|deleted|"
    r"withdrawn|archived|taken down|gone)|gone|expired|missing|lost"
    r"|introuvable\w*|n existe\w* (?:pas|plus)|n est (?:plus|pas)|rien|nulle part"
    r"|(?:ete|est) (?:deplace|supprime|retire)\w*"
    r"|pas (?:ete )?trouve\w*|ne mene\w*|disparu\w*"
    r"|no (?:se )?(?:encontr\w*|existe\w*|hay|hemos encontrado|pudimos encontrar|esta|lleva)|ya no|nada"
    r"|ninguna parte"
    r"|(?:sido|fue) (?:movid|eliminad|borrad|retirad)\w*|desaparecid\w*"
    r"|nao (?:foi |se |esta |ha )?(?:encontr\w*|existe\w*|nada|leva)|ja nao|lugar nenhum"
    r"|(?:foi|sido) (?:movid|removid|apagad)\w*"
    r"|غير موجود\w*|لا (?:توجد|يوجد|شيء|تؤدي|يؤدي)|لم (?:يعد|تعد|نعثر|نجد|يتم العثور|يعثر)|تعذر العثور"
    r"|(?:تم|جري) (?:نقل|حذف|ازاله)\w*"
    r"|не (?:найден\w*|существует|нашл\w*|удалось найти|ведет)|ничего|нет|больше (?:не|никуда)|никуда"
    r"|удален\w*|перемещен\w*|пусто"
    r"|nicht (?:gefunden|mehr|vorhanden|existiert)|nichts)\b"
)
# What is said of a door that is shut for now, or to some: then "this page is not there" is no absence.
_SHUT = re.compile(
    r"\b(?:pass ?words?|log ?(?:ged )?(?:in|on)|sign(?:ed)? in|mot de passe|connectez vous|se connecter"
    r"|identifiez vous"
    r"|contrasena|(?:inicie|iniciar|inicia) sesion|palavra passe|senha|iniciar sessao|parol\w*|парол\w*"
    r"|вой(?:дите|ти)"
    r"|كلمه المرور|تسجيل الدخول|سجل الدخول|passwort|anmeld\w*"
    r"|cookies?|consent\w*|privacy|vie privee|privacidad\w*|privacidade|خصوصيت\w*|приватност\w*|datenschutz"
    r"|try (?:it )?again|(?:come|look|be|check) (?:in )?(?:back|again)|later|shortly|reessaye\w*"
    r"|revene\w*|plus tard|sous peu"
    r"|de retour|vuelva|volvemos|intente\w*|mas tarde|enseguida|tente (?:novamente|de novo)|voltamos"
    r"|mais tarde"
    r"|لاحقا|سنعود|حاول مره|позже|скоро|попробуйте (?:еще|снова|позже)|wieder da|spater"
    r"|(?:under|for|scheduled|site|system|en) maintenance|en mantenimiento|em manutencao|(?:قيد|تحت) الصيانه"
    r"|на обслуживании|технически\w* работ\w*|wartungsarbeiten"
    r"|temporar\w*|momentan\w*|temporair\w*|مؤقت\w*|временно|vorubergehend"
    r"|robots?|human|humain|humano|javascript|browser|navigateur|navegador|متصفح\w*|браузер\w*)\b"
)
_MARKS = str.maketrans("أإآةى", "اااهي")


def _plain(sentence: str) -> str:
    decomposed = unicodedata.normalize("NFKD", sentence.casefold().translate(_MARKS).replace("ё", "е"))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _NOT_WORDS.sub(" ", letters).strip()


def suggested(text: str) -> Notice | None:
    """What the words of a short text suggest: ABSENT, OTHER (a door that is shut), or None."""
    sentences = [_plain(sentence) for sentence in _SENTENCES.split(text)]
    if any(_SHUT.search(sentence) for sentence in sentences):
        return Notice.OTHER
    if any(_THING.search(sentence) and _GONE.search(sentence) for sentence in sentences):
        return Notice.ABSENT
    return None


def asks_for_password(page: Page) -> bool:
    """Whether the page has a field for a password, apart from its header and footer."""
    if page.tree is None:
        return False
    for node in page.tree.css("input[type=password i]"):
        outer = node.parent
        while outer is not None and outer.tag not in ("header", "footer", "nav", "aside", "dialog"):
            outer = outer.parent
        if outer is None:
            return True
    return False
