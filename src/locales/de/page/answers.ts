import type { en } from '../../en/page.ts'
import { count, of, rowCount } from './counts.ts'

export const first: (typeof en)['first'] = {
  on: (server) => `Urteil über ${server}`,
  exchange: {
    server:
      'Exchange ist das Programm, das die E-Mails einer Organisation aufbewahrt und zustellt: Wer diesen Server beherrscht, kann sie alle lesen und in ihrem Namen schreiben.',
    tenant:
      'Exchange Online bewahrt die E-Mails einer Organisation auf und stellt sie zu: Wer ein Konto beherrscht, kann dessen E-Mails lesen und in seinem Namen schreiben, und mit Administratorrechten alle.',
  },
  record: 'Maßgeblicher Wortlaut (englisch):',
  oneMissing: 'Zur Gewissheit fehlt eines; die Antworten sagen, was.',
  seen: 'Angriff gesehen',
  attempts: 'Scans und Versuche',
  covers: 'Beweismittel umfassen',
  missing: 'Fehlende Protokolle',
  late: 'Zu spät gepatcht',
  yes: 'ja',
  no: 'nein',
  cannotTell: 'nicht feststellbar',
  mailboxes: 'Gelesene Postfächer',
  noTimes: 'kein Protokoll mit Zeiten',
  open: 'Aus diesen Beweismitteln nicht feststellbar:',
  incomplete: 'Unvollständig:',
  degraded:
    'Für einen Teil der Beweismittel reichten Zeit oder Speicher nicht; ein zweiter Lauf findet vielleicht mehr.',
  notUnpacked: 'Archive enthalten mehr, als entpackt werden darf; ein zweiter Lauf findet dasselbe.',
  happened: 'Was geschehen ist',
  nothingHappened: 'In dem, was gelesen wurde, steht kein Schritt eines Angriffs.',
  allSteps: 'Alle Schritte',
  taken: 'Was entwendet wurde',
  takenElse: 'Wessen E-Mails, und wie viel',
  credentials: 'Zugangsdaten:',
  toDo: 'Was zuerst zu tun ist',
  allActions: (n) => (n === 1 ? 'Die Maßnahme mit ihren Schritten' : `Alle ${count(n)} Maßnahmen in ihrer Reihenfolge`),
  notWritten: 'Nicht geschrieben:',
  rulesNotUsed: 'Nicht verwendete Regeln:',
  moreFiles: (n) => `und ${count(n)} weitere ${n === 1 ? 'Datei' : 'Dateien'}`,
  whyNotUsed: (n) => (n === 1 ? 'warum sie nicht verwendet wurde' : `warum diese ${count(n)} nicht verwendet wurden`),
  noActions: 'Nichts verlangt eine Maßnahme.',
  rows: rowCount,
}

export const answers: (typeof en)['answers'] = {
  why: 'Warum, und was es ändern würde',
  because: 'Weil',
  against: 'Was dagegen spricht',
  nothingAgainst: 'Nichts gefunden.',
  looked: (looked, found) => `Nachgesehen: ${looked}. Gefunden: ${found}.`,
  reach: 'Wie weit die Protokolle reichen',
  noHours: 'Diese Antwort beruht nicht auf Stunden von Protokollen.',
  notCovered: (span) => `nicht abgedeckt: ${span}`,
  change: 'Was es ändern würde',
  nothingChanges: 'Es ist kein weiteres Beweismittel bekannt, das es täte.',
  nothingPoints: 'Nichts deutet darauf hin.',
  moreReasons: (n) => `und ${of(n, 'weiterer Grund', 'weitere Gründe')}`,
  moreStretches: (n) => `und ${of(n, 'weiterer Zeitraum', 'weitere Zeiträume')}`,
  byCampaign: 'Nach Kampagne',
  campaign: 'Kampagne',
  noCampaign: 'Nach keiner Kampagne wurde gefragt.',
  grid: 'Die Antworten nach Kampagne',
  ofCampaign: (name) => `${name}: warum, und was es ändern würde`,
  notAsked: (n) => `${of(n, 'Kampagne', 'Kampagnen')} nicht gefragt, und warum`,
}

export const settle: (typeof en)['settle'] = {
  lead: {
    server:
      'Diese Fragen sind offen, weil Beweismittel fehlen, nicht weil nichts geschehen ist. Suchen Sie sie auf dem Server, in einer Sicherung, einer Schattenkopie oder einem Protokollsammler, legen Sie sie zu dem, was Sie haben, und bewerten Sie alles noch einmal.',
    tenant:
      'Diese Fragen sind offen, weil Beweismittel fehlen, nicht weil nichts geschehen ist. Exportieren Sie sie aus dem Überwachungsprotokoll von Purview, aus den Anmeldeprotokollen von Entra oder aus einem Protokollsammler, legen Sie sie zu dem, was Sie haben, und bewerten Sie alles noch einmal.',
  },
  caption: 'Offene Fragen',
  question: 'Offene Frage',
  settles: 'Was sie klären würde',
  until: {
    server:
      'Behandeln Sie den Server bis dahin wie einen, in den jemand eingedrungen sein kann: Kopieren Sie seine Protokolle, bevor sie überschrieben werden (Exchange bewahrt die meisten höchstens 30 Tage auf), und spielen Sie danach die fehlenden Updates ein.',
    tenant:
      'Behandeln Sie die betreffenden Konten bis dahin als möglicherweise kompromittiert: Exportieren Sie das Überwachungsprotokoll und die Anmeldeprotokolle, bevor sie gelöscht werden (Entra bewahrt Anmeldungen höchstens 30 Tage auf, ohne Premium-Lizenz 7), setzen Sie die Passwörter zurück und beenden Sie die Sitzungen.',
  },
}

export const limits: (typeof en)['limits'] = {
  asked: (campaigns) =>
    `Postern hat nach ${campaigns.length === 0 ? 'keiner Kampagne mit Namen' : campaigns.join(', ')} gefragt und nach dem, was seine Regeln kennen. Ein Angriff anderer Art kann andere Spuren hinterlassen haben.`,
  others: {
    server: [
      'Es gilt für die Stunden, über die die Protokolle reichen, und für den Zustand der Dateien, als sie kopiert wurden.',
      'Ein Angreifer mit SYSTEM-Rechten kann ein Protokoll verändern. Fehlende Zeilen fallen als Lücken auf; sorgfältig ersetzte nicht.',
      'Was eine Firewall oder ein Proxy vor dem Server aufgehalten hat oder auf anderen Rechnern geschah, steht nicht in diesen Beweismitteln.',
    ],
    tenant: [
      'Es gilt für die Zeit und die Arten von Einträgen, die exportiert wurden.',
      'Ein Angreifer mit Administratorrechten kann die Überwachung für ein Konto, ein Postfach oder den ganzen Mandanten abschalten: Was danach dort geschah, ist nicht aufgezeichnet.',
      'Was auf Rechnern von Benutzern, in anderen Diensten oder auf anderen Rechnern geschah, steht nicht in diesen Beweismitteln.',
    ],
  },
}
