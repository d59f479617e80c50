import type { en } from '../../en/page.ts'
import { count, plural, of } from './counts.ts'

export const actions: (typeof en)['actions'] = {
  lead: 'In dieser Reihenfolge. Haken Sie ab, was getan ist: Die Adresse dieser Seite merkt es sich, sodass ein Link es anderen sagt.',
  done: (done, all) =>
    done === all
      ? all === 1
        ? 'erledigt'
        : `alle ${count(all)} erledigt`
      : done === 0
        ? `von ${count(all)} noch keine erledigt`
        : `${count(done)} von ${count(all)} erledigt`,
  isDone: 'Erledigt',
  mark: (title) => `Erledigt: ${title}`,
  effects: 'Nebenwirkungen:',
  here: { server: 'Auf diesem Server:', tenant: 'In diesem Mandanten:' },
  verify: 'Erledigt, wenn:',
  calls: 'Was es verlangt',
  evidence: 'Beleg',
  furtherPlaces: (n) => of(n, 'weitere Stelle', 'weitere Stellen'),
}

export const duties: (typeof en)['duties'] = {
  lead: 'Tatsachen, keine Rechtsberatung: Welche davon für Sie gelten, hängt davon ab, wer und wo Sie sind. Halten Sie fest, wann Sie wovon erfahren haben.',
  aware: 'Sie haben davon erfahren am (UTC)',
  awareHint: 'Von da an laufen die Fristen unten, wo das Gesetz ab Kenntnis rechnet.',
  laws: (n) =>
    `${of(n, 'Vorschrift, die', 'Vorschriften, die')} für Sie gelten ${plural(n, 'kann', 'können')}, mit Frist`,
  caption: 'Meldepflichten',
  law: 'Vorschrift',
  binds: 'Gilt für',
  tell: 'Zu melden an',
  within: 'Frist',
  from: (from) => `ab: ${from}`,
  until: 'Bis',
  left: (time) => `noch ${time}`,
  over: (time) => `seit ${time} abgelaufen`,
  days: (n) => of(n, 'Tag', 'Tage'),
  hours: (n) => of(n, 'Stunde', 'Stunden'),
  minutes: (n) => of(n, 'Minute', 'Minuten'),
  noClock: 'zählt nicht ab Kenntnis',
  enter: 'oben die Zeit eingeben',
  note: 'Anmerkung und Quelle',
}
