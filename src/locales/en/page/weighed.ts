import { counted } from '../../../lib/amounts.ts'
import { weighed as subjectsAndSigns } from '../weighed.ts'
import { comesToMeans, comesToWords } from '../finding-weights.ts'
import {
  absentWords,
  computedSignWords,
  explanationWords,
  missingSignWords,
  strengthWords,
  tieWords,
} from '../../../model/weight-words.ts'

/** Reasons of an answer: subjects with their signs, explanations, open leads, and periods before the logs. */
export const weighed = {
  ...subjectsAndSigns,
  strengths: strengthWords,
  explains: explanationWords,
  comesTo: comesToWords,
  comesToMeans,
  missing: missingSignWords,
  tied: (by: string) => `tied to an intrusion by ${by}`,
  ties: tieWords,
  /** A sign by its kind, with the result of comparing records. */
  seenAs: (kind: string, seen: string) => `${kind}: ${seen}`,
  seen: computedSignWords,
  why: 'Why',
  whyCaption: 'Basis of the verdict',
  change: 'What would change it',
  ifYes:
    'Only an explanation for these signs: an announced test, or a product or person of your organization. Record the reason, name and date in a file for --known, and assess again.',
  ifLikely:
    'A further sign would make it certain. An explanation would remove it. Each item above names the missing sign.',
  ifTargeted: 'Traces of success outside these logs: earlier logs, or logs of a server in front of or behind this one.',
  ifNone: 'Traces outside this evidence: earlier logs, logs that are off by default, or logs of other computers.',
  ifOpen: 'The answers below, or further evidence:',
  toSettle: 'All open questions',
  nothingHolds: 'These logs contain no sign of an intrusion that counts.',
  attempts: 'These were attempts. No sign of success counts.',
  signsOf: 'Signs that count',
  sign: (kind: string, strength: string) => `${kind} (${strength})`,
  colon: ': ',
  /** Explanations by their names; `{}` is replaced by the name in it. */
  reasons: {
    administrator: 'The accounts that did it had done administration on two earlier days, and gain nothing from it.',
    'administrator-once':
      'The account that did it had done administration on one earlier day, and gains nothing from it.',
    'granted-right': 'An administrator account granted the right to these mailboxes before they were first opened.',
    'consent-of-administrator':
      'Before the application read mail, an administrator consented to it or renewed its secret, from that account’s usual location.',
    'granted-right-by-other': 'Another account granted the right to these mailboxes before they were first opened.',
    'own-share': 'The target is a file share of the organization.',
    'mail-for-everyone':
      'It applies to all mail. An administrator account set it, or it was set a week before any sign of an attacker.',
    'known-product': 'It has the name and the folder of {}. An attacker can choose both.',
    'known-product-at-work':
      'It has the name, folder and account of {}, and has done the same since the first days of the logs.',
    'exchange-agent': 'Its class, library and folder are those of an agent of Exchange itself.',
    signed: 'It has a valid signature of the vendor of {}.',
    'signed-unchecked': 'It is signed in the name of the vendor of {}. The certificate chain was not verified.',
    older:
      'Records from before the first known exploitation of a vulnerability that was open here contain it. It has not changed since.',
    'older-file':
      'Its file time is before the first known exploitation of a vulnerability that was open here. File times can be forged.',
    'known-tool':
      'An account without any sign ran a tool of responders or administrators after the last act of the attacker.',
    announced: 'It was announced: {}.',
    'update-hour': 'Exchange was installed or updated within that hour.',
    'fixed-build': 'The build that ran then had the fix for this vulnerability.',
    habit: 'The same happened on several days, already in the first days of the logs.',
    'not-run': 'The file is outside the web roots, and no script engine runs files of its type.',
    people: '{} accounts used it.',
    'any-name': 'Its folder answered every name that a client requested within a minute, and refused none.',
    'many-clients': '{} clients that also use other parts of the server used it.',
    monitor: 'Only internal addresses request it, at steady intervals and without a logon, as monitors do.',
    'known-hash': 'A baseline contains the hash of its library.',
    'known-origin': 'Accounts that were never refused at {} logged on there on earlier days.',
    'other-methods': 'The page was also requested by methods other than POST.',
    'other-clients': 'The page was not requested by a single external client alone.',
    'not-run-unsettled':
      'The file is outside the known web roots. The IIS configuration, which may serve its folder, is not in the evidence.',
    'not-started-unsettled':
      'Nothing in the evidence starts this file. The scheduled tasks, which may start it, are not in the evidence.',
    'not-started': 'No task, service or configuration in the evidence starts this file.',
    'plain-page': 'All code of the page was analyzed. It uses no input from a request, and it has not changed since.',
  } as Readonly<Record<string, string>>,
  /** Missing records that could hold an explanation. */
  absent: absentWords,
  explained: 'What explains it',
  explanation: (says: string, strength: string) => `${says} This ${strength}.`,
  unexplained: 'Nothing in the evidence explains it.',
  missingForMore: 'What is missing for certainty',
  more: (n: number) => `and ${counted(n, 'more subject')}`,
  restsOn: 'All underlying findings',
  leadsIntro:
    'Each of these may let an attacker return, and nothing in the evidence explains it. Until its owner is known, persistence cannot be ruled out.',
  openCaption: 'Leads to resolve',
  lead: 'Open lead',
  settles: 'Question to answer',
  lookAt: 'Triage step',
  answer:
    'If your organization uses it, record the reason, name and date in a file for --known. Then assess again. If not, treat it as the attacker’s.',
  otherIntro: 'Review these. Ordinary work also does them, so they change no answer.',
  otherCaption: 'Other leads',
  other: 'Lead',
  otherFold: (n: number) => counted(n, 'other lead'),
  noOpen: 'There is no open lead.',
  notSettled: 'Open leads:',
  openLeads: (n: number) => `${counted(n, 'open lead')}. To be answered:`,
  beyond: 'Beyond the logs:',
  beyondHeading: 'Beyond the logs',
  beyondIntro:
    'These campaigns were active while the server was or may have been vulnerable, before its logs begin. The evidence does not cover these periods. They do not change the verdict.',
  beyondItem: (name: string, span: string) => `${name}, ${span}: no logs for this period.`,
  general: (other: boolean): string =>
    other ? 'Any other intrusion, by any vulnerability or account' : 'Any intrusion, by any vulnerability or account',
  generalWhy: 'Every server is assessed for this question. It rests on findings that belong to no campaign above.',
  comes: 'Weight',
  signName: 'Sign',
}
