import { formats } from '../../formats.ts'
import type { charts as english } from '../../en/page/charts.ts'

const n = (count: number, number: string, one: string, many: string): string =>
  `${number} ${formats.de.plural(count, one, many)}`

export const charts: typeof english = {
  locale: 'de-DE',
  utc: 'UTC',
  findings: (count, number) => n(count, number, 'Befund', 'Befunde'),
  entries: (count, number) => n(count, number, 'Eintrag', 'Einträge'),
  files: (count, number) => n(count, number, 'Datei', 'Dateien'),
  hours: (count, number) => n(count, number, 'Stunde', 'Stunden'),
  unknownTime: 'Zeit unbekannt',
  until: (time) => `bis ${time}`,
  since: (time) => `ab ${time}`,
  more: (number) => `… und ${number} weitere`,
  showAll: (number) => `Alle ${number} zeigen`,
  showFewer: 'Weniger zeigen',
  close: 'Schließen',
  asList: 'Dasselbe in Sätzen',
  windowOf: (name) => `Zeitfenster: ${name}`,
  windowFor: (name, span) => `${name}: die Zeit, in der es hier geschehen konnte, ${span} UTC`,
  build: (build) => `Build ${build}`,
  buildFrom: (build, time) => `Build ${build} zuerst gesehen ${time} UTC`,
  updates: 'Updates',
  coverage: {
    label: (kinds, span) =>
      `Einträge nach Protokoll und Zeit: ${kinds} ${kinds === '1' ? 'Protokoll' : 'Protokolle'}, ${span} UTC; dasselbe folgt als Tabelle`,
    hint: 'Die Pfeiltasten bewegen, die Eingabetaste zeigt die Dateien dieser Zeit.',
    unit: { day: 'Tage', week: 'Wochen', month: 'Monate' },
    unitLabel: 'Eine Spalte steht für',
    earlier: 'Früher',
    later: 'Später',
    page: (page, of) => `Teil ${page} von ${of}`,
    findingsRow: 'Befunde',
    noLogRow: 'Kein Protokoll für eine Antwort',
    noLogFor: (span) => `Kein Protokoll deckt diese Zeit ab, die eine Antwort braucht: ${span} UTC`,
    ofKind: (kind, when) => `${kind}, ${when} UTC`,
    cell: { outside: 'außerhalb der Reichweite dieses Protokolls', empty: 'kein Eintrag' },
    missing: (missing, of) =>
      missing === of
        ? of === '1'
          ? 'die Stunde fehlt'
          : `alle ${of} Stunden fehlen`
        : missing === '0'
          ? `keine Stunde von ${of} fehlt`
          : `${missing} von ${of} Stunden fehlen`,
    legend: {
      few: 'wenige',
      many: 'viele Einträge am Tag',
      empty: 'Protokoll reicht über diese Zeit, kein Eintrag',
      outside: 'leer: außerhalb der Reichweite des Protokolls',
      hole: 'Lücke',
      window: 'Zeitfenster einer Kampagne',
      build: 'anderer Build',
      finding: 'Befunde dieses Protokolls (Grad mittel oder höher)',
      findings: 'Befunde dieser Zeit, je mehr, desto höher',
    },
    undated: (kinds) => `Ohne eigene Zeit und daher nicht gezeichnet: ${kinds}.`,
    filesOf: (kind) => `Dateien mit ${kind}`,
    notAllFiles: (files) =>
      `Auf dieser Seite stehen nur die ersten Dateien (insgesamt ${files}): Der Ergebnisordner nennt alle.`,
    noFiles: 'Keine Datei der Beweismittel hat zu dieser Zeit Einträge dieses Protokolls.',
    hole: (span, lasting) => `${span} UTC (${lasting})`,
    whole: 'Keine Lücke in der Reichweite dieses Protokolls.',
    hoursOf: (hours) => `${hours} in der Reichweite dieses Protokolls`,
    table: { path: 'Datei', first: 'Erster Eintrag', last: 'Letzter Eintrag', events: 'Einträge' },
  },
  timeline: {
    label: (findings, span) =>
      `Befunde im Zeitverlauf, eine Spur je Stufe: ${findings}, ${span} UTC; dasselbe folgt als Tabelle`,
    hint: 'Die Pfeiltasten gehen von Marke zu Marke, die Eingabetaste öffnet sie, Plus und Minus vergrößern und verkleinern, Bild auf und Bild ab verschieben, Pos1 zeigt alles, F filtert nach dem Gezeigten. Mit der Maus: Ziehen wählt eine Zeit, Ziehen mit Umschalttaste verschiebt; nach einem Klick in die Zeichnung vergrößert das Rad.',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    earlier: 'Früher',
    later: 'Später',
    whole: 'Alles',
    toRange: 'Auf gewählte Zeit vergrößern',
    filter: 'Befunde nach dieser Zeit filtern',
    clear: 'Gewählte Zeit aufheben',
    chosen: (span, findings) => `Gewählt: ${span} UTC, ${findings}.`,
    showing: (span, lasting) => `Gezeigt: ${span} UTC (${lasting})`,
    chain: 'Hervorheben',
    toChain: 'Auf diese Angriffskette vergrößern',
    noChain: 'keine Angriffskette',
    story: (number, clients) => `Angriffskette ${number}${clients === '' ? '' : `: ${clients}`}`,
    mark: (stage, what, when) => `${stage}: ${what}, ${when}`,
    nothingHere: 'Auf eine Marke zeigen oder die Pfeiltasten benutzen.',
    zoomToThese: 'Auf diese vergrößern',
    legend: {
      single: 'ein Befund',
      many: 'mehrere zu dieser Zeit, je mehr, desto höher',
      lasts: 'von der ersten bis zur letzten Zeile',
      story: 'aus der hervorgehobenen Angriffskette',
    },
  },
  path: {
    label: (nodes, edges) =>
      `Was wozu führte: ${nodes} ${nodes === '1' ? 'Ding' : 'Dinge'}, ${edges} ${edges === '1' ? 'Schritt' : 'Schritte'}; dasselbe folgt in Sätzen`,
    hint: 'Die Pfeiltasten gehen von einem zum nächsten, die Eingabetaste zeigt die Befunde.',
    show: 'Zeigen',
    all: 'alle Befunde',
    allStories: 'alle Angriffsketten',
    kinds: {
      client: 'Adresse',
      endpoint: 'Abgerufene Seite',
      shell: 'Webshell',
      process: 'Programm',
      account: 'Konto',
      mailbox: 'Postfach',
    },
    others: {
      client: (number) => (number === '1' ? '1 weitere Adresse' : `${number} weitere Adressen`),
      endpoint: (number) => (number === '1' ? '1 weitere Seite' : `${number} weitere Seiten`),
      shell: (number) => (number === '1' ? '1 weitere Webshell' : `${number} weitere Webshells`),
      process: (number) => (number === '1' ? '1 weiteres Programm' : `${number} weitere Programme`),
      account: (number) => (number === '1' ? '1 weiteres Konto' : `${number} weitere Konten`),
      mailbox: (number) => (number === '1' ? '1 weiteres Postfach' : `${number} weitere Postfächer`),
    },
    rest: (number) => `und ${number} weitere`,
    named: { shell: (name) => `die Webshell ${name}`, mailbox: (name) => `das Postfach von ${name}` },
    verbs: {
      endpoint: 'verlangte',
      shell: { client: 'benutzte', other: 'hinterließ' },
      process: { shell: 'startete', other: 'führte zu' },
      account: { process: 'lief als', joined: 'führte zu Handlungen des Kontos', other: 'wurde bedient als' },
      mailbox: 'erreichte',
    },
    joined: 'durch die Angriffskette verbunden, von keiner Zeile belegt',
    joinedShort: 'durch die Angriffskette verbunden',
    step: (from, verb, to) => `${from} ${verb} ${to}`,
    goesOn: (path, verb, to) => `${path}; dieses ${verb} ${to}`,
    node: (kind, name, findings) => `${kind} ${name}: ${findings}`,
    legend: {
      seen: 'eine Zeile sagt es',
      joined: 'durch die Angriffskette verbunden, von keiner Zeile belegt',
      width: 'je breiter, desto mehr Befunde',
    },
    none: 'Kein Befund nennt eine Adresse, eine Seite, ein Konto oder ein Postfach zusammen mit einem anderen, daher ist nichts zu zeichnen.',
  },
  exposure: {
    label: (cves, span) =>
      `Builds, und von wann bis wann jede Schwachstelle (${cves}) offen stand, ${span} UTC; dasselbe folgt als Tabelle`,
    builds: 'Build',
    firstStep: 'erster Erfolg',
    firstStepLong: (time, title) => `Erster Schritt, der gelang: ${time} UTC, ${title}`,
    published: 'veröffentlicht',
    publishedOn: (day) => `veröffentlicht ${day}`,
    publishedLater: (state, day) => `${state}, erst ${day} veröffentlicht`,
    reachShort: 'Reichweite der Protokolle',
    noBuild: 'kein Build bekannt',
  },
}
