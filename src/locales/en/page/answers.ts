import { formatCount, counted } from '../../../lib/amounts.ts'

/** The first screen, the six answers, and what is open. */
export const first = {
  on: (server: string) => `Verdict on ${server}`,
  exchange: {
    server:
      'Exchange stores and delivers an organization’s mail. An attacker who controls this server can read and send all of it.',
    tenant:
      'Exchange Online stores and delivers an organization’s mail. An attacker who controls an account can read and send its mail. With administrator rights, the attacker can reach all mail.',
  },
  record: 'Original wording:',
  oneMissing: 'One further sign is needed for certainty. The answers name it.',
  seen: 'Attack seen',
  attempts: 'Scans and attempts',
  covers: 'Evidence covers',
  missing: 'Missing logs',
  late: 'Patched too late',
  yes: 'yes',
  no: 'no',
  cannotTell: 'cannot tell',
  mailboxes: 'Mailboxes read',
  noTimes: 'no log with times',
  open: 'Cannot be determined from this evidence:',
  incomplete: 'Incomplete:',
  degraded: 'the time or memory limit was reached for part of the evidence. A second run may find more.',
  notUnpacked: 'archives exceed the limits for unpacking. Another run gives the same result.',
  happened: 'What happened',
  nothingHappened: 'No step of an attack was found.',
  allSteps: 'All steps',
  taken: 'What was accessed',
  takenElse: 'Affected mailboxes and amounts',
  credentials: 'Credentials:',
  toDo: 'What to do first',
  allActions: (n: number) => (n === 1 ? 'The action with its steps' : `All ${formatCount(n)} actions in order`),
  notWritten: 'Not written:',
  rulesNotUsed: 'Rules not used:',
  moreFiles: (n: number) => `and ${counted(n, 'more file')}`,
  whyNotUsed: (n: number) => (n === 1 ? 'why it was not used' : `why these ${formatCount(n)} were not used`),
  noActions: 'No finding requires an action.',
  rows: (n: number) => counted(n, 'row'),
}

export const answers = {
  why: 'Why, and what would change it',
  because: 'Because',
  against: 'Contradicting evidence',
  nothingAgainst: 'None found.',
  looked: (looked: string, found: string) => `Looked at ${looked}: ${found}.`,
  reach: 'Log coverage',
  noHours: 'This answer does not depend on log coverage.',
  notCovered: (span: string) => `not covered: ${span}`,
  change: 'What would change it',
  nothingChanges: 'No further evidence is known that would change it.',
  nothingPoints: 'No finding indicates it.',
  moreReasons: (n: number) => `and ${counted(n, 'more reason')}`,
  moreStretches: (n: number) => `and ${counted(n, 'more period')}`,
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
      'These questions are open because evidence is missing, not because nothing happened. Look for the evidence on the server, in backups, shadow copies and log collectors. Add it to the evidence that you have, and assess everything again.',
    tenant:
      'These questions are open because evidence is missing, not because nothing happened. Export the Purview audit log and the Entra sign-in logs, or use a log collector. Add them to the evidence that you have, and assess everything again.',
  },
  caption: 'Open questions',
  question: 'Open question',
  settles: 'Evidence needed',
  until: {
    server:
      'Until then, treat the server as possibly compromised. First copy its logs before they are overwritten: Exchange keeps most of them for at most 30 days. Then install the missing updates.',
    tenant:
      'Until then, treat these accounts as possibly compromised. Export the audit log and the sign-in logs before they are deleted. Entra keeps sign-ins for at most 30 days, or 7 days without a premium license. Reset the passwords and end the sessions.',
  },
}

export const limits = {
  asked: (campaigns: readonly string[]) =>
    `Postern assessed ${campaigns.length === 0 ? 'no named campaign' : campaigns.join(', ')}, and the techniques that its rules describe. An attack by other techniques may have left other traces.`,
  others: {
    server: [
      'The result applies to the hours that the logs cover, and to the files as they were when copied.',
      'An attacker with SYSTEM rights can change logs. Missing entries are detected as log gaps. Carefully replaced entries are not detected.',
      'The evidence does not include requests that a firewall or proxy blocked, or activity on other computers.',
    ],
    tenant: [
      'The result applies to the period and the kinds of records that were exported.',
      'An attacker with administrator rights can disable auditing for an account, a mailbox or the tenant. Later activity is then not recorded.',
      'The evidence does not include activity on user computers, in other services or on other machines.',
    ],
  },
}
