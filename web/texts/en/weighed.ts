import { counted } from '../../../src/lib/amounts.ts'
import { weighedWords } from '../../../src/reports/briefing/weighed-words.ts'
import { comesToMeans, comesToWords } from '../../../src/reports/shared/weighed.ts'
import {
  absentWords,
  computedSignWords,
  explanationWords,
  missingSignWords,
  strengthWords,
  tieWords,
} from '../../../src/model/weight-words.ts'

/** Why an answer is so: what was weighed, what explains it, what is not settled, and what lies beyond the logs. */
export const weighed = {
  ...weighedWords.en,
  strengths: strengthWords,
  explains: explanationWords,
  comesTo: comesToWords,
  comesToMeans,
  missing: missingSignWords,
  tied: (by: string) => `tied to an intrusion by ${by}`,
  ties: tieWords,
  /** A sign by its kind, with what was seen by comparing records. */
  seenAs: (kind: string, seen: string) => `${kind}: ${seen}`,
  seen: computedSignWords,
  why: 'Why',
  whyCaption: 'What the verdict rests on',
  change: 'What would change it',
  ifYes:
    'Only an explanation that answers these signs: an announced test, or a product or person of yours that did this. Record it with its reason, name and date in a file for --known, and assess again.',
  ifLikely:
    'A further sign would make it certain; an explanation would answer it. Each item above names what is missing.',
  ifTargeted:
    'Traces of success that these logs do not hold: logs from before they begin, or of another server in front of or behind this one.',
  ifNone:
    'Traces outside this evidence: logs from before they begin, logs that are off by default, or logs of other computers.',
  ifOpen: 'The answers below, or further evidence:',
  toSettle: 'All open questions',
  nothingHolds: 'No sign of an intrusion that counts was found in these logs.',
  attempts: 'These were attempts; no sign of success counts.',
  signsOf: 'Signs that count',
  sign: (kind: string, strength: string) => `${kind} (${strength})`,
  colon: ': ',
  /** Explanations by their names; `{}` is what one names. */
  reasons: {
    administrator: 'Accounts did it that administered on two other days before, and that it does not serve.',
    'administrator-once': 'An account did it that administered on one other day before, and that it does not serve.',
    'granted-right': 'An account that administers gave the right to these mailboxes before they were first opened.',
    'consent-of-administrator':
      'An administrator let the application in, or renewed its secret, from a place where the account works, before it read mail.',
    'granted-right-by-other': 'Another account gave the right to these mailboxes before they were first opened.',
    'own-share': 'The target is a file share of the organization.',
    'mail-for-everyone':
      'It is for the mail of everyone, and was set by an account that administers, or a week before any sign of an intruder.',
    'known-product': 'It has the name and the folder of {}, which an intruder can choose, too.',
    'known-product-at-work':
      'It has the name, the folder and the account of {}, and did the same from the first days of the logs on.',
    'exchange-agent': 'Its class, library and folder are those of an agent of Exchange itself.',
    signed: 'It has a valid signature of the vendor of {}.',
    'signed-unchecked': 'It is signed in the name of the vendor of {}; who made the signature was not checked.',
    older:
      'Records older than the first known use of a vulnerability that was open here contain it, and it was not changed since.',
    'older-file':
      'Its file is older than the first known use of a vulnerability that was open here; the time of a file can be set at will.',
    'known-tool':
      'A person without any sign ran a tool of responders or administrators, after the last act of an intruder.',
    announced: 'It was announced: {}.',
    'update-hour': 'Exchange was installed or updated within that hour.',
    'fixed-build': 'The build that ran then had the fix for this vulnerability.',
    habit: 'The same happened on several days, already in the first days of the logs.',
    'not-run': 'The file is outside the web roots, and no script engine runs files of its type.',
    people: '{} accounts used it.',
    'any-name': 'Its folder answered every name that a client asked for within a minute, and refused none.',
    'many-clients': '{} clients that use other parts of the server, too, used it.',
    monitor: 'Addresses inside alone request it, at steady intervals and without a logon, as monitors do.',
    'known-hash': 'A baseline knows the content of its library.',
    'known-origin': 'Accounts that were never refused at {} were served there on earlier days.',
    'other-methods': 'The page was requested by other methods than POST, too.',
    'other-clients': 'The page was not requested by a single external client alone.',
    'not-run-unsettled':
      'The file is outside the known web roots; the configuration of IIS, which may serve its folder, is not in the evidence.',
    'not-started-unsettled':
      'Nothing in the evidence starts this file; the scheduled tasks, which may, are not in the evidence.',
    'not-started': 'No task, service or configuration in the evidence starts this file.',
    'plain-page': 'All code of the page was followed: it takes nothing from a request, and was not changed since.',
  } as Readonly<Record<string, string>>,
  /** Records that are missing, where an explanation would make less of a subject. */
  absent: absentWords,
  explained: 'What explains it',
  explanation: (says: string, strength: string) => `${says} This ${strength}.`,
  unexplained: 'Nothing in the evidence explains it.',
  missingForMore: 'What is missing for certainty',
  more: (n: number) => `and ${counted(n, 'more subject')}`,
  restsOn: 'All findings that it rests on',
  leadsIntro:
    'Each of these may let an attacker return, and nothing in the evidence explains it. Until its owner is known, whether an attacker can return stays open.',
  openCaption: 'Open leads',
  lead: 'Open lead',
  settles: 'What settles it',
  lookAt: 'Look at',
  answer:
    'If a product or person of yours owns it, record that with reason, name and date in a file for --known, and assess again. If not, treat it as an attacker’s.',
  otherIntro: 'Worth a look. Ordinary work does these too, so they change no answer.',
  otherCaption: 'Other leads',
  other: 'Lead',
  otherFold: (n: number) => counted(n, 'other lead'),
  noOpen: 'No open lead is left.',
  notSettled: 'Not settled:',
  openLeads: (n: number) => `${counted(n, 'open lead')}. Unanswered so far:`,
  beyond: 'Beyond the logs:',
  beyondHeading: 'Beyond the logs',
  beyondIntro:
    'These campaigns were under way while the server was or may have been vulnerable, before its logs begin. Nothing is known of these periods. They do not change the verdict.',
  beyondItem: (name: string, span: string) => `${name}, ${span}: no logs for this period.`,
  general: (other: boolean): string =>
    other ? 'Any other intrusion, by any vulnerability or account' : 'Any intrusion, by any vulnerability or account',
  generalWhy: 'This question is put to every server. It rests on findings that belong to no campaign above.',
  comes: 'Comes to',
  signName: 'Sign',
}
