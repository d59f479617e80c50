import { formatCount, counted } from '../../../src/lib/amounts.ts'

export const story = {
  noFindings: 'No rule found anything in what was read.',
  one: 'There is one finding, and no attack chain.',
  none: 'The findings do not join into an attack chain: no two of them share a request, a client or a target.',
  title: (n: number) => `Attack chain ${n}`,
  from: 'from',
  stages: 'Stages reached',
  evidence: 'evidence',
  moreSteps: (n: number) => counted(n, 'more step'),
  furtherSteps: (n: number) => `${counted(n, 'further step')} in assessment.json.`,
  joins: (n: number) => (n === 1 ? '1 finding in it' : `${counted(n, 'finding')} in it, and what joins them`),
  joinedBy: (what: string) => `Joined by ${what}.`,
  attempts: (span: string) => `scans and attempts: ${span}`,
  onlyTime: 'nothing but time',
  moreFindings: (n: number) => `and ${counted(n, 'more finding')}`,
  moreStories: (n: number) => counted(n, 'more attack chain', 'more attack chains'),
  storiesBeyond: (n: number) =>
    `${counted(n, 'further attack chain', 'further attack chains')} beyond the limit of this page; findings.jsonl has all findings.`,
  undated: (n: number) =>
    `${counted(n, 'finding')} without a time ${n === 1 ? 'is' : 'are'} not drawn; the table below ends with ${n === 1 ? 'it' : 'them'}.`,
  asTable: 'The same as a table',
  caption: 'Findings by time, a row a day, stage and rule',
  firstUtc: 'First (UTC)',
  stage: 'Stage',
  finding: 'Finding',
  fromHead: 'From',
  rows: 'Rows',
  unknownTime: 'time unknown',
  andMore: (n: number) => `and ${formatCount(n)} more`,
  laterRows: (n: number) => `${counted(n, 'later row')} not shown; the table of findings has all rows.`,
}

export const path = {
  caption: 'Stages of the attack, each by its first finding',
  stage: 'Stage',
  first: 'First seen',
  from: 'From',
  on: 'On',
  findings: 'Findings',
}
