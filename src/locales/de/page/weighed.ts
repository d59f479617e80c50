import { formats } from '../../formats.ts'
import { weighed as subjectsAndSigns } from '../weighed.ts'
import type { en } from '../../en/page.ts'

const { number: count, plural } = formats.de
const of = (n: number, one: string, many: string): string => `${count(n)} ${plural(n, one, many)}`

export const weighed: (typeof en)['weighed'] = {
  ...subjectsAndSigns,
  strengths: {
    decisive: 'kommt bei gewöhnlicher Arbeit nicht vor',
    strong: 'bei gewöhnlicher Arbeit selten',
    weak: 'kommt auch bei gewöhnlicher Arbeit vor',
    context: 'nur Kontext',
  },
  explains: {
    weak: 'erklärt es zum Teil',
    strong: 'erklärt es, außer bei einem zweifelsfreien Anzeichen',
    decisive: 'erklärt es ganz',
  },
  comesTo: {
    yes: 'sicher',
    likely: 'wahrscheinlich',
    'open-lead': 'offene Spur',
    lead: 'Spur',
    nothing: 'erklärt',
    context: 'Kontext',
    'not-counted': 'nicht gewertet',
  },
  comesToMeans: {
    yes: 'Die Anzeichen sind verschiedener Art oder zweifelsfrei, und nichts erklärt sie.',
    likely:
      'Die Anzeichen wiegen genug für eine wahrscheinliche Antwort; eines mehr von anderer Art würde sie sicher machen.',
    'open-lead':
      'Es kann einem Angreifer die Rückkehr erlauben, und nichts erklärt es. Die Antwort bleibt offen, bis bekannt ist, wem es gehört.',
    lead: 'Es ist einen Blick wert. Gewöhnliche Arbeit tut dies auch, daher ändert es keine Antwort.',
    nothing: 'Eine Erklärung in den Beweismitteln beantwortet jedes Anzeichen.',
    context: 'Es erklärt andere Befunde und ist für sich allein kein Anzeichen.',
    'not-counted': 'Es wird gezeigt und nicht gewertet; der Grund ist dabei vermerkt.',
  },
  missing: {
    record:
      'Nur was ein Client schicken kann, zeichnet es auf. Ein Eintrag des Backends oder eines anderen Protokolls würde zeigen, dass es geschah.',
    kind: 'Alle Anzeichen sind von einer Art. Ein Anzeichen anderer Art würde es sicher machen.',
    sign: 'Ein weiteres Anzeichen anderer Art oder ein stärkeres würde es sicher machen.',
  },
  tied: (by) => `mit einem Einbruch verknüpft: ${by}`,
  ties: {
    identity: 'dasselbe Konto und Programm innerhalb einer halben Stunde',
    nameless: 'Anfragen eines Protokolls ohne Adressen innerhalb einer halben Stunde',
    'request id': 'dieselbe Anfrage',
    session: 'dieselbe Sitzung',
    token: 'dasselbe Zugriffstoken',
    application: 'dieselbe Anwendung',
    page: 'dieselbe Seite',
    'rule used': 'die Handlung, die die Regel des Postfachs setzte',
    'file written': 'die Handlung, die die Datei schrieb',
    'file stored': 'der Export, dessen Datei gepackt, kopiert oder gesendet wurde',
    'right used': 'ein Recht, das sich das Konto selbst gab',
    'folder served': 'der Ordner, zu dem ein virtueller Pfad führt',
    file: 'dieselbe Datei',
    copy: 'dieselbe Datei in mehreren Ordnern',
    row: 'derselbe Eintrag',
    account: 'dasselbe übernommene Konto',
    'account session': 'die Sitzung eines übernommenen Kontos',
    'page written': 'eine Handlung, die die Seite geschrieben haben kann',
    'time after the intrusion': 'die Zeit, kurz nach dem Einbruch',
    client: 'dieselbe Adresse',
    host: 'derselbe Server innerhalb von zwei Stunden, durch ein Konto ohne eigene Vorgeschichte',
    time: 'eine Anfrage kurz davor',
    worker: 'der Arbeitsprozess, der die Anfragen bediente',
    process: 'derselbe Prozess oder der, der ihn startete',
    'virtual directory': 'dasselbe virtuelle Verzeichnis',
  },
  seenAs: (kind, seen) => `${kind}: ${seen}`,
  seen: {
    removed: 'sie lief und liegt in keinem Webverzeichnis mehr',
    appeared: 'eine ältere Kopie der Konfiguration enthält es nicht',
    written: 'sie wurde erst nach einer Handlung ausgeliefert, die sie geschrieben haben kann',
    'new-origin': 'Netz oder Programm sind für das Konto neu',
    'intruders-address': 'es kam von der Adresse eines sicheren Einbruchs',
    'sent-and-hid': 'eine Regel leitet E-Mails hinaus, und eine andere verbirgt E-Mails, innerhalb einer Stunde',
  },
  why: 'Warum',
  whyCaption: 'Worauf das Urteil beruht',
  change: 'Was es ändern würde',
  ifYes:
    'Nur eine Erklärung, die diese Anzeichen beantwortet: ein angekündigter Test oder ein Produkt oder eine Person von Ihnen, die dies tat. Halten Sie sie mit Grund, Name und Datum in einer Datei für --known fest, und bewerten Sie alles noch einmal.',
  ifLikely:
    'Ein weiteres Anzeichen würde es sicher machen, eine Erklärung es beantworten. Bei jedem Punkt oben steht, was fehlt.',
  ifTargeted:
    'Spuren eines Erfolgs, die diese Protokolle nicht enthalten: Protokolle aus der Zeit vor ihrem Beginn oder eines anderen Servers davor oder dahinter.',
  ifNone:
    'Spuren außerhalb dieser Beweismittel: Protokolle aus der Zeit vor ihrem Beginn, Protokolle, die ab Werk ausgeschaltet sind, oder Protokolle anderer Rechner.',
  ifOpen: 'Die folgenden Auskünfte oder weitere Beweismittel:',
  toSettle: 'Alle offenen Fragen',
  nothingHolds: 'In diesen Protokollen wurde kein Anzeichen eines Einbruchs gefunden, das zählt.',
  attempts: 'Dies waren Versuche; kein Anzeichen eines Erfolgs zählt.',
  signsOf: 'Anzeichen, die zählen',
  sign: (kind, strength) => `${kind} (${strength})`,
  colon: ': ',
  /** Explanations by their names; `{}` is what one names. */
  reasons: {
    administrator:
      'Konten haben es getan, die zuvor an zwei anderen Tagen administriert haben und denen es nicht dient.',
    'administrator-once':
      'Ein Konto hat es getan, das zuvor an einem anderen Tag administriert hat und dem es nicht dient.',
    'granted-right':
      'Ein Konto, das administriert, hat das Recht an diesen Postfächern vergeben, bevor sie erstmals geöffnet wurden.',
    'consent-of-administrator':
      'Die Administration ließ die Anwendung von einem gewohnten Ort aus zu oder erneuerte ihr Geheimnis, bevor sie E-Mails las.',
    'granted-right-by-other':
      'Ein anderes Konto hat das Recht an diesen Postfächern vergeben, bevor sie erstmals geöffnet wurden.',
    'own-share': 'Das Ziel ist eine Dateifreigabe der Organisation.',
    'mail-for-everyone':
      'Es gilt für die Nachrichten aller, und es wurde von einem Konto gesetzt, das administriert, oder eine Woche vor jedem Anzeichen eines Angreifers.',
    'known-product': 'Es hat Namen und Ordner von {}; beides kann auch ein Angreifer wählen.',
    'known-product-at-work':
      'Es hat Namen, Ordner und Konto von {} und tat dasselbe schon in den ersten Tagen der Protokolle.',
    'exchange-agent': 'Klasse, Bibliothek und Ordner sind die eines Agenten von Exchange selbst.',
    signed: 'Es hat eine gültige Signatur des Herstellers von {}.',
    'signed-unchecked':
      'Es ist im Namen des Herstellers von {} signiert; wer die Signatur erstellt hat, wurde nicht geprüft.',
    older:
      'Aufzeichnungen aus der Zeit vor der ersten bekannten Ausnutzung einer hier offenen Schwachstelle enthalten es, und es wurde seither nicht geändert.',
    'older-file':
      'Die Datei ist älter als die erste bekannte Ausnutzung einer hier offenen Schwachstelle; die Zeit einer Datei lässt sich beliebig setzen.',
    'known-tool':
      'Eine Person ohne jedes Anzeichen hat nach der letzten Tat eines Angreifers ein Werkzeug von Ermittlern oder Administratoren ausgeführt.',
    announced: 'Es war angekündigt: {}.',
    'update-hour': 'In dieser Stunde wurde Exchange installiert oder aktualisiert.',
    'fixed-build': 'Der Build, der damals lief, hatte die Korrektur für diese Schwachstelle.',
    habit: 'Dasselbe geschah an mehreren Tagen, schon in den ersten Tagen der Protokolle.',
    'not-run': 'Die Datei liegt außerhalb der Webverzeichnisse, und keine Skript-Engine führt Dateien ihrer Art aus.',
    people: '{} Konten haben es benutzt.',
    'any-name':
      'Der Ordner beantwortete jeden Namen, nach dem ein Client binnen einer Minute fragte, und wies keinen ab.',
    'many-clients': '{} Clients, die auch andere Teile des Servers benutzen, haben es benutzt.',
    monitor:
      'Nur interne Adressen fordern es an, in gleichmäßigen Abständen und ohne Anmeldung, wie Überwachungssysteme.',
    'known-hash': 'Eine Vergleichsliste kennt den Inhalt seiner Bibliothek.',
    'known-origin': 'Konten, die bei {} nie abgewiesen wurden, meldeten sich von dort an früheren Tagen an.',
    'other-methods': 'Die Seite wurde auch mit anderen Methoden als POST angefordert.',
    'other-clients': 'Die Seite wurde nicht von einem einzigen externen Client allein angefordert.',
    'not-run-unsettled':
      'Die Datei liegt außerhalb der bekannten Webverzeichnisse; die Konfiguration von IIS, die ihren Ordner bereitstellen kann, ist nicht in den Beweismitteln.',
    'not-started-unsettled':
      'Nichts in den Beweismitteln startet diese Datei; die geplanten Aufgaben, die es könnten, gehören nicht zu den Beweismitteln.',
    'not-started': 'Keine Aufgabe, kein Dienst und keine Konfiguration in den Beweismitteln startet diese Datei.',
    'plain-page':
      'Der gesamte Code der Seite wurde verfolgt: Er übernimmt nichts aus einer Anfrage, und er wurde seither nicht geändert.',
  },
  /** Records that are missing, where an explanation would make less of a subject. */
  absent: {
    cmdlets: 'Aufzeichnungen von Cmdlets fehlen; sie könnten zeigen, dass ein Administrator es tat oder das Recht gab.',
    requests: 'Anfragen an das Front-End fehlen; sie könnten zeigen, dass Personen oder eine Überwachung es benutzen.',
    logons: 'Anfragen an das Front-End fehlen; sie könnten zeigen, dass Benutzer sich früher von dort anmeldeten.',
    'web-roots':
      'Die Webverzeichnisse fehlen; der Code der Seite könnte zeigen, dass sie nichts aus einer Anfrage übernimmt.',
    installer: 'Anwendungsereignisse von Windows fehlen; sie könnten zeigen, dass eine Installation es brachte.',
    disk: 'Aufzeichnungen des Datenträgers ($MFT, Änderungsjournal) fehlen; sie könnten zeigen, dass es älter ist.',
  },
  explained: 'Was es erklärt',
  explanation: (says, strength) => `${says} Das ${strength}.`,
  unexplained: 'Nichts in den Beweismitteln erklärt es.',
  missingForMore: 'Was zur Sicherheit fehlt',
  more: (n) => `und ${of(n, 'weiterer Gegenstand', 'weitere Gegenstände')}`,
  restsOn: 'Alle Befunde, auf denen es beruht',
  leadsIntro:
    'Jede dieser Spuren kann einem Angreifer die Rückkehr erlauben, und nichts in den Beweismitteln erklärt sie. Bis bekannt ist, wem sie gehört, bleibt offen, ob ein Angreifer zurückkehren kann.',
  openCaption: 'Offene Spuren',
  lead: 'Offene Spur',
  settles: 'Was sie klärt',
  lookAt: 'Ansehen',
  answer:
    'Gehört es einem Produkt oder einer Person von Ihnen, halten Sie das mit Grund, Name und Datum in einer Datei für --known fest, und bewerten Sie alles noch einmal. Wenn nicht, behandeln Sie es als das eines Angreifers.',
  otherIntro: 'Einen Blick wert. Gewöhnliche Arbeit tut dies auch, daher ändern diese Spuren keine Antwort.',
  otherCaption: 'Weitere Spuren',
  other: 'Spur',
  otherFold: (n) => of(n, 'weitere Spur', 'weitere Spuren'),
  noOpen: 'Keine offene Spur ist übrig.',
  notSettled: 'Nicht geklärt:',
  openLeads: (n) => `${of(n, 'offene Spur', 'offene Spuren')}. Noch nicht beantwortet:`,
  beyond: 'Vor den Protokollen:',
  beyondHeading: 'Vor den Protokollen',
  beyondIntro:
    'Diese Kampagnen liefen, während der Server verwundbar war oder gewesen sein kann, bevor seine Protokolle beginnen. Über diese Zeiten ist nichts bekannt. Sie ändern das Urteil nicht.',
  beyondItem: (name, span) => `${name}, ${span}: keine Protokolle aus dieser Zeit.`,
  general: (other) =>
    `${other ? 'Ein anderer Einbruch' : 'Irgendein Einbruch'}, gleich über welche Lücke oder welches Konto`,
  generalWhy:
    'Diese Frage wird bei jedem Server gestellt. Sie beruht auf Befunden, die zu keiner Kampagne darüber gehören.',
  comes: 'Ergibt',
  signName: 'Anzeichen',
}
