import { formats } from '../formats.ts'
import { say } from '../briefing-text.ts'
import type { Count, Subject, Words } from '../briefing.ts'

const { plural } = formats.de
const of = ({ n, is }: Count, one: string, many: string): string => `${is} ${plural(n, one, many)}`
const tenant = 'Microsoft-365-Mandant'
/** Der Mailserver MAIL01, in vier Fällen. */
const nominative = ({ kind, name }: Subject) => say`Der ${kind === 'server' ? 'Mailserver' : tenant} ${name}`
const dative = ({ kind, name }: Subject) => say`dem ${kind === 'server' ? 'Mailserver' : `${tenant}en`} ${name}`
const accusative = ({ kind, name }: Subject) => say`den ${kind === 'server' ? 'Mailserver' : `${tenant}en`} ${name}`
const genitive = ({ kind, name }: Subject) => say`des ${kind === 'server' ? 'Mailservers' : `${tenant}en`} ${name}`

export const de: Words = {
  between: ' ',
  comma: ', ',
  management: {
    title: 'Bericht für die Geschäftsleitung',
    headings: {
      happened: 'Was ist geschehen?',
      taken: 'Was wurde entwendet, und wem gehört es?',
      'still-there': 'Können sie wiederkommen?',
      'not-known': 'Was ist nicht bekannt, und warum?',
      decide: 'Was ist jetzt zu entscheiden?',
      duties: 'Wem ist es möglicherweise zu melden, und bis wann?',
      sure: 'Wie sicher ist das?',
      about: 'Zu dieser Seite',
    },
    headline: (subject, headline, sure) => {
      const probably = sure ? '' : 'wahrscheinlich '
      switch (headline) {
        case 'compromised':
          return say`${nominative(subject)} wurde ${probably}kompromittiert.`
        case 'accounts':
          return say`Konten auf ${dative(subject)} wurden ${probably}kompromittiert.`
        case 'left':
          return say`Auf ${dative(subject)} wurde etwas gefunden, das Angreifern ${sure ? '' : 'möglicherweise '}Zugang gibt.`
        case 'exploited':
          return say`Angreifer haben ${probably}eine Schwachstelle ${genitive(subject)} ausgenutzt.`
        case 'mail':
          return say`Von ${dative(subject)} wurden ${probably}E-Mails entwendet.`
        case 'targeted':
          return say`Jemand hat ${probably}versucht, in ${accusative(subject)} einzudringen.`
        case 'cannot-tell':
          return say`Ob jemand in ${accusative(subject)} eingedrungen ist, lässt sich nicht sagen.`
        case 'no-evidence':
          return say`Es wurden keine Hinweise auf einen Angriff auf ${accusative(subject)} gefunden.`
      }
    },
    lead: (headline, sure, kind, beyond, why) => {
      switch (headline) {
        case 'compromised':
          if (!sure)
            return 'Es gibt Anzeichen dafür, dass Unbefugte eingedrungen sind und die Kontrolle übernommen haben. Ein weiteres Anzeichen anderer Art würde es sicher machen.'
          return kind === 'server'
            ? 'Unbefugte sind eingedrungen und haben die Kontrolle über den Server übernommen: Sie haben dort eigene Programme ausgeführt, etwas hinterlegt oder Passwörter oder Schlüssel entwendet.'
            : 'Unbefugte sind eingedrungen und haben die Kontrolle über Konten, Rechte oder Einstellungen übernommen.'
        case 'accounts':
          return sure
            ? 'Unbefugte haben E-Mail-Konten der Organisation benutzt. Nichts Gefundenes zeigt, dass sie die Kontrolle über den Server selbst hatten.'
            : 'Es gibt Anzeichen dafür, dass Unbefugte E-Mail-Konten der Organisation benutzt haben. Ein weiteres Anzeichen anderer Art würde es sicher machen.'
        case 'left':
          return 'Wie und wann es dorthin kam, geht aus diesen Beweismitteln nicht hervor. Wer davon weiß, kann es benutzen.'
        case 'exploited':
          return {
            'no-evidence':
              'Es wurde keine Spur davon gefunden, dass sie weiter vorgedrungen sind: keine fremden Programme, nichts Hinterlegtes, keine entwendeten E-Mails.',
            mail: 'Von eigenen Programmen oder etwas Hinterlegtem wurde keine Spur gefunden. Was über E-Mails bekannt ist, steht unten.',
            'cannot-tell': 'Wie weit sie danach vorgedrungen sind, ist nicht vollständig bekannt.',
          }[beyond]
        case 'mail':
          return 'Wie sie daran gelangt sind, geht aus diesen Beweismitteln nicht vollständig hervor.'
        case 'targeted':
          return beyond !== 'cannot-tell'
            ? 'Es gibt keine Hinweise darauf, dass es gelungen ist.'
            : 'Ob es gelungen ist, lässt sich aus diesen Beweismitteln nicht sagen.'
        case 'cannot-tell':
          return {
            lead: 'Von etwas, das einem Angreifer die Rückkehr erlauben kann, ist nicht bekannt, wem es gehört. Was es ist, steht unten bei den offenen Punkten.',
            nothing: 'Die Beweismittel enthalten kein datiertes Protokoll, das es zeigen würde.',
            hours: 'Die Protokolle reichen nicht über die ganze Zeit, auf die es ankommt.',
            silent: 'Diese Protokolle würden es nicht zeigen.',
          }[why]
        case 'no-evidence':
          return 'Die Protokolle, die einen Angriff gezeigt hätten, wurden für die ganze Zeit gelesen, auf die es ankommt. Das beweist nicht, dass nichts geschehen ist: Protokolle können gefälscht und Angriffe unbekannt sein.'
      }
    },
    door: (name, sure, intrusion) =>
      intrusion
        ? say`Sie kamen ${sure ? '' : 'wahrscheinlich '}durch diese Lücke: ${name}.`
        : say`Versucht wurde ${sure ? '' : 'wahrscheinlich '}diese Lücke: ${name}.`,
    otherDoor: (alone, intrusion) =>
      alone
        ? `Auf welchem Weg ${intrusion ? 'sie eingedrungen sind' : 'es versucht wurde'}, ist nicht bekannt.`
        : 'Weitere Spuren gehören zu keiner der bekannten Lücken.',
    hole: (hole, fixedAt, tooLate) => {
      switch (hole) {
        case 'open':
          return 'Diese Lücke stand am Ende der Beweismittel noch offen.'
        case 'mitigated':
          return 'Am Ende der Beweismittel ist eine Behelfslösung dagegen in Kraft; geschlossen ist die Lücke nicht.'
        case 'unknown':
          return 'Ob diese Lücke geschlossen ist, geht aus den Beweismitteln nicht hervor.'
        case 'fixed':
          return `Sie ist ${fixedAt === null ? '' : `spätestens seit ${fixedAt} `}geschlossen.${tooLate ? ' Das war nach den ersten Spuren der Angreifer, und was sie hinterlassen haben, wird dadurch nicht beseitigt.' : ''}`
      }
    },
    firstTrace: (moment) => `Erste Spur: ${moment}.`,
    firstAndLast: (first, last) => `Erste Spur: ${first}. Letzte Spur: ${last}.`,
    noTime: 'Wann, ist nicht bekannt: Keine Spur davon trägt eine Zeit.',
    inexact: 'Einige dieser Zeiten sind um bis zu 14 Stunden ungenau, weil die Zeitzone des Servers nicht bekannt ist.',
    stepsIntro: 'Was davon gefunden wurde, in zeitlicher Reihenfolge:',
    steps: {
      recon: 'Sie haben sich von außen umgesehen.',
      attempt: 'Sie haben eine Schwachstelle ausprobiert.',
      guessing: 'Sie haben Passwörter ausprobiert.',
      access: 'Sie haben die Anmeldung umgangen.',
      write: 'Sie haben eine Datei geschrieben oder eine Einstellung geändert.',
      shell: 'Sie hatten eine versteckte Seite auf dem Server, die ihre Befehle annimmt (eine Webshell).',
      execution: 'Sie haben dort Programme ausgeführt.',
      credentials: 'Sie haben Passwörter oder Schlüssel entwendet.',
      account: 'Sie haben ein fremdes Konto benutzt.',
      persistence: 'Sie haben sich einen dauerhaften Zugang verschafft (Persistenz).',
      collection: 'Sie haben E-Mails gelesen oder zusammengetragen.',
      exfiltration: 'Sie haben Daten abgezogen.',
      cleanup: 'Sie haben Spuren beseitigt.',
    },
    step: (step, sure, when) => `${when === null ? '' : `${when}: `}${sure ? '' : '(wahrscheinlich) '}${step}`,
    actor: (actor, words) => say`Wer es war: ${actor} (${likelihoods[words]}).`,
    noActor: 'Wer es war, lässt sich aus diesen Beweismitteln nicht sagen.',
    asked: (vulnerabilities) =>
      `Geprüft wurde auf ${of(vulnerabilities, 'bekannte Schwachstelle', 'bekannte Schwachstellen')} und nach Spuren von Angreifern auf anderen Wegen.`,
    exposed: (is) =>
      ({
        yes: 'In dieser Zeit lief dort eine Version mit einer bekannten Schwachstelle.',
        likely: 'In dieser Zeit lief dort wahrscheinlich eine Version mit einer bekannten Schwachstelle.',
        'no-evidence': 'Eine Version mit einer dieser Schwachstellen wurde dort nicht gesehen.',
        'cannot-tell': 'Ob eine dieser Schwachstellen dort bestand, ist nicht bekannt.',
      })[is],
    openHoles: (open, used) =>
      `${of(open, 'bekannte Schwachstelle stand', 'bekannte Schwachstellen standen')} am Ende der Beweismittel offen${used.n === 0 ? '' : `; ${open.n === 1 ? 'sie wird' : used.n >= open.n ? 'alle werden' : `${used.is} davon ${plural(used.n, 'wird', 'werden')}`} bekanntermaßen von Angreifern benutzt`}.`,
    supportEnded: (product, end) =>
      `Regelmäßige Sicherheitsupdates für ${product} gibt es seit ${end} nicht mehr: Der Server muss ersetzt werden.`,
    supportEnds: (product, end) => `Sicherheitsupdates für ${product} gibt es bis ${end}.`,
    mailTaken: (is, certain) =>
      certain.n === 0
        ? `E-Mails wurden ${is === 'yes' ? '' : 'wahrscheinlich '}gelesen oder entwendet.`
        : `E-Mails aus ${of(certain, 'Postfach', 'Postfächern')} wurden ${is === 'yes' ? '' : 'wahrscheinlich '}gelesen oder entwendet.`,
    mailNot: (is) =>
      ({
        'no-evidence': 'Es gibt keine Hinweise darauf, dass E-Mails gelesen oder entwendet wurden.',
        'cannot-tell': 'Ob E-Mails gelesen oder entwendet wurden, lässt sich aus diesen Beweismitteln nicht sagen.',
        'not-asked': 'Ob E-Mails gelesen oder entwendet wurden, wurde nicht untersucht.',
      })[is],
    mailPossible: (possible, more) =>
      more
        ? `Bei ${of(possible, 'weiteren Postfach', 'weiteren Postfächern')} ist es möglich.`
        : `Bei ${of(possible, 'Postfach', 'Postfächern')} ist es möglich.`,
    mailAny: (when, more) =>
      `${when === null ? 'Zeitweise' : `In dieser Zeit (${when})`} kann es ${more ? 'auch ' : ''}jedes beliebige Postfach gewesen sein: Das Protokoll, das es zeigen würde, fehlt.`,
    mailUnknown: (more) =>
      more
        ? 'Wem sonst sie gehörten, lässt sich nicht feststellen.'
        : 'Wem sie gehörten, lässt sich nicht feststellen.',
    secrets: (sure, beside) =>
      sure
        ? `${beside ? 'Auch Passwörter' : 'Passwörter'} oder Schlüssel wurden entwendet: Alle, die auf dem Server lagen, gelten als den Angreifern bekannt.`
        : `Wahrscheinlich wurden ${beside ? 'auch ' : ''}Passwörter oder Schlüssel entwendet: Die auf dem Server lagen, sollten als den Angreifern bekannt behandelt werden.`,
    amounts: {
      when: 'Wann',
      ways: 'Auf welchem Weg',
      amount: 'Wie viel',
      requests: (n) => of(n, 'Zugriff', 'Zugriffe'),
      bytes: (bytes) => `${bytes} übertragen`,
      items: (n) => `${of(n, 'Element', 'Elemente')} einzeln abgerufen`,
      noSize: 'Größe nicht aufgezeichnet',
    },
    names: { mailbox: 'Postfach', sure: 'Wie sicher', when: 'Wann', amount: 'Wie viel' },
    namesLeftOut: 'Die Namen stehen im technischen Bericht und in den Mitteilungen an die Betroffenen.',
    still: (is, end) => {
      const at = end === null ? 'am Ende der Beweismittel' : `am ${end}, dem Ende der Beweismittel,`
      return {
        yes: `Ja: Etwas, womit sie wiederkommen können, war ${at} noch da.`,
        likely: `Wahrscheinlich: Etwas, womit sie möglicherweise wiederkommen können, war ${at} da.`,
        'no-evidence': `Nichts, womit sie wiederkommen könnten, wurde dort ${at} gefunden.`,
        'cannot-tell': 'Das lässt sich nicht sagen: Was es zeigen würde, ist nicht vollständig in den Beweismitteln.',
        unclear: `Etwas dieser Art war ${at} noch da. Ob sie damit wiederkommen können und ob es mehr gibt, lässt sich nicht sagen.`,
        'not-asked': 'Das wurde nicht untersucht.',
      }[is]
    },
    left: {
      'web-shell': (n) =>
        of(
          n,
          'versteckte Seite, die Befehle annimmt (Webshell)',
          'versteckte Seiten, die Befehle annehmen (Webshells)',
        ),
      vdir: (n) => of(n, 'veränderte Einstellung einer Webadresse', 'veränderte Einstellungen von Webadressen'),
      'iis-module': (n) => of(n, 'Modul im Webserver', 'Module im Webserver'),
      'transport-agent': (n) => of(n, 'Modul im Mailfluss', 'Module im Mailfluss'),
      task: (n) => of(n, 'geplante Aufgabe', 'geplante Aufgaben'),
      service: (n) => of(n, 'Dienst', 'Dienste'),
      startup: (n) => of(n, 'Eintrag, der mit dem System startet', 'Einträge, die mit dem System starten'),
      account: (n) => of(n, 'Benutzerkonto oder Recht', 'Benutzerkonten oder Rechte'),
      forwarding: (n) => of(n, 'Weiterleitung von E-Mails', 'Weiterleitungen von E-Mails'),
      'inbox-rule': (n) => of(n, 'Posteingangsregel', 'Posteingangsregeln'),
      keys: (n) => of(n, 'Spur entwendeter Schlüssel', 'Spuren entwendeter Schlüssel'),
    },
    states: {
      present: 'noch vorhanden',
      'was-there': 'war vorhanden, nicht mehr gesehen',
      'requested-after-removal': 'entfernt, von außen aber weiter aufgerufen',
      unknown: 'ob noch vorhanden, ist nicht bekannt',
    },
    leftItem: (what, state) => `${what}: ${state}`,
    leftNot: 'Ein Sicherheitsupdate schließt die Lücke; davon beseitigt es nichts.',
    open: {
      exposed: 'Ob die Schwachstelle dort offen stand',
      targeted: 'Ob jemand versucht hat einzudringen',
      exploited: 'Ob jemand eine Schwachstelle ausgenutzt hat',
      compromised: 'Ob jemand die Kontrolle übernommen hat',
      'mail-taken': 'Ob E-Mails gelesen oder entwendet wurden',
      'still-there': 'Ob etwas zurückgeblieben ist, womit sie wiederkommen können',
    },
    openWhy: (why, covered, days) =>
      ({
        hours: `Die Protokolle reichen über ${covered} von ${of(days, 'Tag', 'Tagen')}, auf die es ankommt`,
        none: 'Kein Protokoll reicht in die Zeit, auf die es ankommt',
        little: `Die Protokolle reichen über weniger als einen Tag der Zeit, auf die es ankommt (${of(days, 'Tag', 'Tage')})`,
        state: 'Der Zustand des Systems am Ende ist nicht vollständig in den Beweismitteln',
        silent: 'Kein Protokoll in diesen Beweismitteln zeigt es',
      })[why],
    openItem: (what, why) => `${what}: ${why}.`,
    openMessages: 'Welche Nachrichten gelesen wurden: Diese Protokolle zeichnen das nie auf.',
    openWho: 'Um wessen E-Mails es zum Teil ging: Kein Protokoll in diesen Beweismitteln sagt es.',
    openAfter: (end) => `Was nach dem ${end} geschah: Dort enden die Beweismittel.`,
    openBefore: 'Was gelöscht wurde, bevor die Beweismittel kopiert wurden.',
    openSettle: 'Der technische Bericht nennt zu jeder Frage das Protokoll, das sie beantworten würde.',
    noActions: 'Nichts von dem, was gefunden wurde, verlangt eine Entscheidung.',
    decideOpen: (open) =>
      `Ob die fehlenden Protokolle beschafft werden sollen: ${of(open, 'Frage ist', 'Fragen sind')} offen.`,
    duties: {
      'gdpr-33': {
        law: 'DSGVO Artikel 33 (EU)',
        binds: 'Verantwortliche für personenbezogene Daten',
        tell: 'Aufsichtsbehörde',
        within: '72 Stunden',
        from: 'Bekanntwerden der Verletzung',
      },
      'gdpr-34': {
        law: 'DSGVO Artikel 34 (EU)',
        binds: 'Verantwortliche für personenbezogene Daten',
        tell: 'die betroffenen Personen',
        within: 'unverzüglich',
        from: 'Bekanntwerden eines hohen Risikos für sie',
      },
      'uk-gdpr-33': {
        law: 'UK GDPR Artikel 33',
        binds: 'Verantwortliche für personenbezogene Daten im Vereinigten Königreich',
        tell: 'Information Commissioner’s Office',
        within: '72 Stunden',
        from: 'Bekanntwerden der Verletzung',
      },
      'nis2-23': {
        law: 'NIS-2-Richtlinie Artikel 23 (EU)',
        binds: 'wesentliche und wichtige Einrichtungen',
        tell: 'CSIRT oder zuständige Behörde',
        within: '24 Stunden Frühwarnung, 72 Stunden Meldung, einen Monat danach Abschlussbericht',
        from: 'Kenntnis des erheblichen Sicherheitsvorfalls',
      },
      'dora-19': {
        law: 'DORA Artikel 19 (EU)',
        binds: 'Finanzunternehmen',
        tell: 'zuständige Behörde',
        within:
          '4 Stunden nach Einstufung als schwerwiegend, höchstens 24 Stunden; Zwischenmeldung nach 72 Stunden, Abschlussmeldung einen Monat danach',
        from: 'Kenntnis des Vorfalls',
      },
      'sec-8k': {
        law: 'Form 8-K Item 1.05 (USA)',
        binds: 'bei der SEC registrierte Unternehmen',
        tell: 'die Öffentlichkeit',
        within: '4 Werktage',
        from: 'Feststellung, dass der Vorfall wesentlich ist',
      },
      hipaa: {
        law: 'HIPAA, 45 CFR 164.404 bis 164.410 (USA)',
        binds: 'Stellen des Gesundheitswesens und ihre Auftragnehmer',
        tell: 'die Betroffenen und das HHS; die Medien ab 500 Personen eines Bundesstaats',
        within: 'spätestens 60 Kalendertage',
        from: 'Entdeckung der Verletzung',
      },
      'us-banks': {
        law: '12 CFR 53, 225 und 304 (USA)',
        binds: 'Banken',
        tell: 'zuständige Bundesaufsicht',
        within: '36 Stunden',
        from: 'Feststellung eines meldepflichtigen Vorfalls',
      },
      'nydfs-500-17': {
        law: '23 NYCRR 500.17 (New York)',
        binds: 'vom Department of Financial Services zugelassene Unternehmen',
        tell: 'der Superintendent',
        within: '72 Stunden; 24 Stunden nach einer Lösegeldzahlung',
        from: 'Feststellung eines Vorfalls',
      },
      'dfars-7012': {
        law: 'DFARS 252.204-7012 (USA)',
        binds: 'Auftragnehmer der Verteidigung mit geschützten Informationen',
        tell: 'Verteidigungsministerium',
        within: '72 Stunden',
        from: 'Entdeckung des Vorfalls',
      },
      'cert-in': {
        law: 'CERT-In-Anordnung vom 28. April 2022 (Indien)',
        binds: 'Diensteanbieter, Rechenzentren, Unternehmen und Behörden',
        tell: 'CERT-In',
        within: '6 Stunden',
        from: 'Bemerken des Vorfalls oder Hinweis darauf',
      },
      'soci-2b': {
        law: 'Security of Critical Infrastructure Act, Teil 2B (Australien)',
        binds: 'Verantwortliche für kritische Infrastruktur',
        tell: 'Australian Signals Directorate',
        within: '12 Stunden bei erheblich gestörter Verfügbarkeit, sonst 72 Stunden',
        from: 'Kenntnis des Vorfalls',
      },
      'ch-isg': {
        law: 'Informationssicherheitsgesetz Artikel 74a (Schweiz)',
        binds: 'Betreiber kritischer Infrastrukturen und Behörden',
        tell: 'BACS',
        within: '24 Stunden',
        from: 'Entdeckung des Cyberangriffs',
      },
      'br-lgpd-48': {
        law: 'LGPD Artikel 48 (Brasilien)',
        binds: 'Verantwortliche für personenbezogene Daten',
        tell: 'ANPD und die betroffenen Personen',
        within: '3 Werktage',
        from: 'Kenntnis, dass personenbezogene Daten betroffen sind',
      },
      'jp-appi-26': {
        law: 'Gesetz zum Schutz personenbezogener Informationen Artikel 26 (Japan)',
        binds: 'Unternehmen, die mit personenbezogenen Daten umgehen',
        tell: 'Kommission zum Schutz personenbezogener Informationen und die betroffenen Personen',
        within: 'unverzüglich; Abschlussbericht binnen 60 Tagen',
        from: 'Bekanntwerden der Verletzung',
      },
    },
    dutiesIntro:
      'Tatsachen, keine Rechtsberatung. Welche davon für Sie gelten, sagen Gesetz und Verträge; Gesetze ändern sich. Die Fristen laufen ab Ihrer Kenntnis, nicht ab dem Angriff.',
    dutiesHead: ['Vorschrift', 'Gilt für', 'Zu melden an', 'Frist'],
    dutyClock: (within, from) => `${within}, ab: ${from}`,
    restsOn: (what) => say`Das Urteil beruht auf: ${what}.`,
    rest: (what, signs) => say`${what}${signs.length === 0 ? '' : ` (${signs.join(', ')})`}`,
    notSettled: (what, asks) => say`${what}: ${asks}`,
    beyondLogs: (campaign, period) => say`${campaign}, ${period}: keine Protokolle aus dieser Zeit.`,
    certain: {
      yes: 'Sicher: Die Anzeichen sind verschiedener Art oder zweifelsfrei, und nichts in den Beweismitteln erklärt sie.',
      likely:
        'Wahrscheinlich: Die Anzeichen überwiegen, was sie erklärt. Ein weiteres Anzeichen anderer Art würde es sicher machen.',
      'no-evidence':
        '„Keine Hinweise“ heißt: Die Protokolle, die es zeigen würden, wurden vollständig gelesen, und keines zeigt es. Es heißt nicht, dass nichts geschehen ist.',
      'cannot-tell': 'Es gibt keine Antwort, weder Ja noch Nein: Die Beweismittel reichen nicht aus.',
    },
    reachWhole: (days) =>
      `Die Protokolle reichen über die ganze Zeit, auf die es ankommt (${of(days, 'Tag', 'Tage')}).`,
    reachPart: (covered, days) =>
      `Die Protokolle reichen über ${covered} von ${of(days, 'Tag', 'Tagen')}, auf die es ankommt, bei der Frage, die sie am wenigsten beantworten.`,
    reachLittle: (days) =>
      `Die Protokolle reichen über weniger als einen Tag der Zeit, auf die es ankommt (${of(days, 'Tag', 'Tage')}), bei der Frage, die sie am wenigsten beantworten.`,
    reachNone: 'Kein Protokoll reicht in eine Zeit, auf die es ankommt.',
    gaps: (n) => `${of(n, 'Stelle in den Beweismitteln war', 'Stellen in den Beweismitteln waren')} nicht lesbar.`,
    notWhole: 'Die Beweismittel konnten nicht vollständig gelesen werden.',
    about: (tool, files, bytes, digest) =>
      `Erstellt mit Postern ${tool} aus ${of(files, 'Datei', 'Dateien')} (${bytes}); Wissensstand ${digest}.`,
    period: (period) => `Einträge in den Beweismitteln: ${period}.`,
    noProduct: 'Die Beweismittel zeigen kein Anzeichen von Exchange.',
    utc: 'Zeiten sind in UTC angegeben.',
    masked: 'Namen von Personen sind durch Pseudonyme ersetzt.',
    technical: 'Jede Aussage auf dieser Seite beruht auf Einträgen, die der technische Bericht einzeln nennt.',
  },
  notice: {
    title: 'Mitteilung: Zugriff auf Ihr Postfach',
    titleAll: 'Mitteilung an alle mit einem Postfach',
    blanks: {
      organization: 'Name und Anschrift der Organisation',
      recipient: 'Name und Anschrift der Empfängerin oder des Empfängers',
      date: 'Ort und Datum',
      measures: 'Was bereits getan wurde und was noch getan wird',
      contact: 'Name, Telefon und E-Mail der Kontaktperson und der oder des Datenschutzbeauftragten',
      signature: 'Name und Unterschrift',
    },
    headings: {
      what: 'Was geschehen ist',
      facts: 'Was bekannt ist',
      sure: 'Wie sicher das ist',
      unknown: 'Was sich nicht feststellen lässt',
      consequences: 'Was das für Sie bedeuten kann',
      do: 'Was Sie jetzt tun sollten',
      measures: 'Was wir getan haben',
      contact: 'Wen Sie fragen können',
    },
    greeting: 'Sehr geehrte Damen und Herren,',
    what: (subject, entered, mailbox, sure) =>
      sure !== 'possible'
        ? say`Unbefugte haben sich ${entered ? '' : 'wahrscheinlich '}Zugang zu ${dative(subject)} verschafft. Dabei wurde das Postfach ${mailbox} ${sure === 'certain' ? '' : 'wahrscheinlich '}gelesen.`
        : say`Unbefugte haben sich ${entered ? '' : 'wahrscheinlich '}Zugang zu ${dative(subject)} verschafft. Dabei kann das Postfach ${mailbox} gelesen worden sein; das ist möglich, aber nicht sicher.`,
    whatAll: (subject, entered, certainty) =>
      certainty === 'possible'
        ? say`Unbefugte haben sich ${entered ? '' : 'wahrscheinlich '}Zugang zu ${dative(subject)} verschafft. Zeitweise kann jedes Postfach darauf gelesen worden sein. Ob es Ihres war, lässt sich nicht feststellen.`
        : say`Unbefugte haben sich ${entered ? '' : 'wahrscheinlich '}Zugang zu ${dative(subject)} verschafft. Wessen E-Mails gelesen wurden, oder ob überhaupt welche gelesen wurden, lässt sich nicht feststellen.`,
    facts: {
      mailbox: 'Postfach',
      names: 'Weitere Namen',
      when: 'Wann',
      way: 'Auf welchem Weg',
      amount: 'Wie viel',
      sure: 'Wie sicher',
    },
    noWhen: 'nicht bekannt: Kein Eintrag trägt eine Zeit',
    noWay: 'nicht bekannt',
    sure: {
      named: 'Sicher: Ein Eintrag des Angriffs nennt dieses Postfach.',
      probable: 'Wahrscheinlich: Ein Eintrag zu diesem Postfach gehört zu dem, was wahrscheinlich der Angriff war.',
      joined: 'Sicher: Zwei Protokolle zusammen zeigen, dass der Zugriff diesem Postfach galt.',
      possible:
        'Möglich, nicht sicher: Zu dieser Zeit gab es einen Zugriff wie den der Angreifer; sicher zuordnen lässt er sich ihnen nicht. Es kann gewöhnliche Nutzung gewesen sein.',
      unknown: 'Nicht bekannt: Kein Protokoll sagt, welches Postfach es war.',
    },
    unknown: {
      possible: 'Ob der Zugriff von den Angreifern kam oder gewöhnliche Nutzung war.',
      messages: 'Welche Nachrichten gelesen wurden: Die Protokolle zeichnen das nicht auf.',
      'messages-counted': 'Welche Nachrichten gelesen wurden: Die Protokolle zählen sie, nennen sie aber nicht.',
      export: 'Was die Kopie enthielt und wohin sie gelangte.',
      way: 'Auf welchem Weg das Postfach erreicht wurde.',
      which: 'Welches Postfach es war: Das Protokoll, das es zeigen würde, fehlt für diese Zeit.',
      whether: 'Wessen E-Mails es waren oder ob überhaupt welche gelesen wurden: Kein Protokoll sagt es.',
      end: 'Was nach dem Ende der Beweismittel geschah und was vor ihrer Sicherung gelöscht wurde.',
    },
    consequences:
      'Wer das Postfach gelesen hat, kann wissen, was in Nachrichten, Anhängen, Kontakten und Kalender steht. Das lässt sich für betrügerische E-Mails an Sie oder in Ihrem Namen, für Erpressung oder für den Zugang zu weiteren Konten nutzen, deren Passwörter in Nachrichten stehen.',
    todo: {
      password: 'Ändern Sie das Passwort dieses Kontos, und überall sonst, wo Sie dasselbe benutzen.',
      mistrust:
        'Seien Sie misstrauisch bei Nachrichten, die an früheren Schriftwechsel anknüpfen, vor allem wenn es um Geld, Passwörter oder geänderte Bankverbindungen geht. Fragen Sie auf anderem Weg zurück.',
      content:
        'Überlegen Sie, was in Ihrem Postfach vertraulich ist: Passwörter, Verträge, Gesundheits- und Bankdaten, Daten anderer. Ändern Sie Passwörter, die in Nachrichten stehen.',
      others:
        'Sagen Sie uns, wenn das Postfach personenbezogene Daten anderer enthält, damit auch sie benachrichtigt werden können.',
      rules:
        'Sehen Sie sich die Regeln, Weiterleitungen und Berechtigungen Ihres Postfachs an und melden Sie, was Sie nicht eingerichtet haben.',
      device: 'Sehen Sie sich die Liste der Mobilgeräte Ihres Postfachs an und melden Sie, was nicht Ihnen gehört.',
      report: 'Löschen Sie nichts, und melden Sie der unten genannten Kontaktperson, was Ihnen merkwürdig vorkommt.',
    },
    maskedName: 'Der Name ist ein Pseudonym: Vor dem Versand ist der wirkliche einzusetzen.',
    fillIn: 'auszufüllen',
    none: 'Von keinem Postfach ist bekannt, dass es sicher oder möglicherweise gelesen wurde: Niemand ist namentlich zu benachrichtigen.',
    choose: 'Wer erhält eine Mitteilung?',
    chosen: (n) => `${of(n, 'Mitteilung', 'Mitteilungen')} ausgewählt`,
    all: 'Alle',
    fields: 'Ausfüllen, was in allen Mitteilungen gleich ist',
  },
  means: {
    ews: 'über die Schnittstelle für Programme (EWS)',
    mapi: 'über die Schnittstelle von Outlook (MAPI)',
    owa: 'über Outlook im Web',
    oab: 'über das Adressbuch',
    export: 'durch eine Kopie des Postfachs in einer Datei',
    download: 'durch Herunterladen einer Datei',
    forwarding: 'durch Weiterleitung',
    search: 'durch eine Suche über Postfächer',
    rights: 'durch Rechte am Postfach, die jemand anders erhielt',
    mobile: 'durch ein Mobilgerät',
    database: 'durch eine Kopie der Postfachdatenbank',
    application: 'durch eine Anwendung mit dem Recht, E-Mails zu lesen',
    mailbox: 'durch Anmeldung am Postfach',
    transport: 'durch Kopien auf dem Transportweg',
    queue: 'durch eine Nachricht aus einer Warteschlange',
    sync: 'durch Kopieren ganzer Ordner',
    sent: 'durch Senden im Namen der Inhaberin oder des Inhabers',
    logon: 'durch Anmeldung am Postfach (was geöffnet wurde, ist nicht bekannt)',
    unknown: 'auf einem Weg, der nicht bekannt ist',
  },
  certainties: { certain: 'sicher', probable: 'wahrscheinlich', possible: 'möglich', unknown: 'nicht bekannt' },
  language: 'Sprache',
  showNames: 'Namen der Postfächer zeigen',
  print: 'Drucken',
  tools: 'Einstellungen dieser Seite',
}

const likelihoods = {
  'almost no chance': 'so gut wie ausgeschlossen',
  'very unlikely': 'sehr unwahrscheinlich',
  unlikely: 'unwahrscheinlich',
  'roughly even chance': 'etwa ebenso wahrscheinlich wie nicht',
  likely: 'wahrscheinlich',
  'very likely': 'sehr wahrscheinlich',
  'almost certain': 'nahezu sicher',
} as const
