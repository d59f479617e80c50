import { formatCount, counted } from '../../../src/lib/amounts.ts'

/** The first screen, the six answers, and what is open. */
export const first = {
  on: (server: string) => `Verdict on ${server}`,
  exchange: {
    server:
      'Exchange is the program that keeps and delivers an organisation’s mail: an attacker who controls this server can read and send all of it.',
    tenant:
      'Exchange Online keeps and delivers an organisation’s mail: an attacker who controls an account can read and send its mail, and with rights of an administrator all of it.',
  },
  record: 'Wording of record:',
  oneMissing: 'One thing is missing for certainty; the answers say what.',
  seen: 'Attack seen',
  attempts: 'Scans and attempts',
  covers: 'Evidence covers',
  missing: 'Logs missing',
  late: 'Patched too late',
  yes: 'yes',
  no: 'no',
  cannotTell: 'cannot tell',
  mailboxes: 'Mailboxes read',
  noTimes: 'no log with times',
  open: 'Cannot be determined from this evidence:',
  incomplete: 'Incomplete:',
  degraded: 'time or memory ran out on part of the evidence; a second run may find more.',
  notUnpacked: 'archives hold more than may be unpacked; another run finds the same.',
  happened: 'What happened',
  nothingHappened: 'No step of an attack was found.',
  allSteps: 'All steps',
  taken: 'What was taken',
  takenElse: 'Whose mail, and how much',
  credentials: 'Credentials:',
  toDo: 'What to do first',
  allActions: (n: number) => (n === 1 ? 'The action with its steps' : `All ${formatCount(n)} actions, in their order`),
  notWritten: 'Not written:',
  rulesNotUsed: 'Rules not used:',
  moreFiles: (n: number) => `and ${counted(n, 'more file')}`,
  whyNotUsed: (n: number) => (n === 1 ? 'why it was not used' : `why these ${formatCount(n)} were not used`),
  noActions: 'Nothing calls for an action.',
  rows: (n: number) => counted(n, 'row'),
}

export const answers = {
  why: 'Why, and what would change it',
  because: 'Because',
  against: 'Contradicting evidence',
  nothingAgainst: 'None found.',
  looked: (looked: string, found: string) => `Looked at ${looked}: ${found}.`,
  reach: 'How far the logs reach',
  noHours: 'This answer does not rest on hours of logs.',
  notCovered: (span: string) => `not covered: ${span}`,
  change: 'What would change it',
  nothingChanges: 'No further evidence is known that would.',
  nothingPoints: 'Nothing points to it.',
  moreReasons: (n: number) => `and ${counted(n, 'more reason')}`,
  moreStretches: (n: number) => `and ${counted(n, 'more stretch', 'more stretches')}`,
  byCampaign: 'By campaign',
  campaign: 'Campaign',
  noCampaign: 'No campaign was assessed.',
  grid: 'The answers by campaign',
  ofCampaign: (name: string) => `${name}: why, and what would change it`,
  notAsked: (n: number) => `${counted(n, 'campaign')} not assessed, and why`,
}

export const settle = {
  lead: {
    server:
      'These questions are open because evidence is missing, not because nothing happened. Look for it on the server, in a backup, a shadow copy or a log collector, put it beside what you have, and assess everything again.',
    tenant:
      'These questions are open because evidence is missing, not because nothing happened. Export it from the audit log of Purview, from the sign-in logs of Entra or from a log collector, put it beside what you have, and assess everything again.',
  },
  caption: 'Open questions',
  question: 'Open question',
  settles: 'What would settle it',
  until: {
    server:
      'Until then, treat the server as possibly compromised: copy its logs before they are overwritten (Exchange keeps most of them for 30 days at most), and when that is done, install the updates that it lacks.',
    tenant:
      'Until then, treat the accounts in question as possibly compromised: export the audit log and the sign-in logs before they are deleted (Entra keeps sign-ins for 30 days at most, without a premium license for 7), reset the passwords and end the sessions.',
  },
}

export const limits = {
  asked: (campaigns: readonly string[]) =>
    `Postern assessed ${campaigns.length === 0 ? 'no campaign by name' : campaigns.join(', ')}, and what its rules describe, of any campaign. An attack of another kind may have left other traces.`,
  others: {
    server: [
      'It holds for the hours that the logs reach, and for the state of the files when they were copied.',
      'An intruder with SYSTEM rights can change a log. Rows that are missing are noticed as log gaps; rows that were replaced with care are not.',
      'What a firewall or a proxy in front of the server stopped, or what happened on other machines, is not in this evidence.',
    ],
    tenant: [
      'It holds for the time and the kinds of records that were exported.',
      'An intruder with rights of an administrator can switch off the audit log for an account, a mailbox or the whole tenant: what was done there afterwards is not recorded.',
      'What happened on computers of users, in other services or on other machines is not in this evidence.',
    ],
  },
}
