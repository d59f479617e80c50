import { formatCount, counted } from '../../../lib/amounts.ts'

export const story = {
  noFindings: 'No rule matched in the evidence that was read.',
  one: 'There is one finding, and no attack chain.',
  none: 'The findings form no attack chain: no two of them share a request, a client or a target.',
  title: (n: number) => `Attack chain ${n}`,
  from: 'from',
  stages: 'Stages reached',
  evidence: 'evidence',
  moreSteps: (n: number) => counted(n, 'more step'),
  furtherSteps: (n: number) => `${counted(n, 'further step')} in assessment.json.`,
  joins: (n: number) => (n === 1 ? '1 finding' : `${counted(n, 'finding')} and their joins`),
  joinedBy: (what: string) => `Joined by ${what}.`,
  attempts: (span: string) => `scans and attempts: ${span}`,
  onlyTime: 'time only',
  moreFindings: (n: number) => `and ${counted(n, 'more finding')}`,
  moreStories: (n: number) => counted(n, 'more attack chain', 'more attack chains'),
  storiesBeyond: (n: number) =>
    `${counted(n, 'further attack chain', 'further attack chains')} exceed the limit of this page. findings.jsonl contains all findings.`,
  undated: (n: number) =>
    `${counted(n, 'finding')} without a time ${n === 1 ? 'is' : 'are'} not shown in the chart. The table below ends with ${n === 1 ? 'it' : 'them'}.`,
  asTable: 'As a table',
  caption: 'Findings by day, stage and rule',
  firstUtc: 'First (UTC)',
  stage: 'Stage',
  finding: 'Finding',
  fromHead: 'From',
  rows: 'Rows',
  unknownTime: 'time unknown',
  andMore: (n: number) => `and ${formatCount(n)} more`,
  laterRows: (n: number) => `${counted(n, 'later row')} not shown. The table of findings contains all rows.`,
}

export const path = {
  caption: 'Stages of the attack with their first findings',
  stage: 'Stage',
  first: 'First seen',
  from: 'From',
  on: 'On',
  findings: 'Findings',
}
