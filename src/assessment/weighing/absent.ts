import type { LogKind } from '../../model/log-kinds.ts'
import { isAtLeastLikely, type SubjectKind } from '../../model/sign.ts'
import type { ExplanationSource, WeighedSubject } from '../../model/weight.ts'
import { combine, type ExplanationToCount, type SignToCount } from './combine.ts'

/** Records in which an explanation is looked for: one of these kinds is enough. `finds`: the most that they may explain. */
type Source = {
  readonly source: ExplanationSource
  readonly kinds: readonly LogKind[]
  readonly subjects: readonly SubjectKind[]
  readonly finds: ExplanationToCount
}

const frontEnd: readonly LogKind[] = ['iis-frontend', 'httpproxy-owa', 'httpproxy-ecp', 'httpproxy-ews']

const sources: readonly Source[] = [
  {
    source: 'cmdlets',
    kinds: ['msexchange-management', 'cmdletinfra-cmdlet', 'admin-audit'],
    subjects: ['export', 'virtual-directory', 'agent', 'account', 'inbox-rule', 'grant', 'mailbox'],
    finds: { answers: ['provenance', 'reach', 'effect', 'change'], strength: 'strong' },
  },
  {
    source: 'requests',
    kinds: frontEnd,
    subjects: ['page'],
    finds: { answers: ['use', 'name'], strength: 'weak' },
  },
  {
    source: 'logons',
    kinds: frontEnd,
    subjects: ['account', 'session', 'device'],
    finds: { answers: ['guessing', 'origin'], strength: 'strong' },
  },
  {
    source: 'web-roots',
    kinds: ['web-roots'],
    subjects: ['page'],
    finds: { answers: ['content', 'name', 'use'], strength: 'strong' },
  },
  {
    source: 'installer',
    kinds: ['windows-application'],
    subjects: ['page', 'module', 'agent', 'task', 'service', 'program'],
    finds: { answers: ['provenance', 'name', 'effect'], strength: 'strong' },
  },
  {
    source: 'disk',
    kinds: ['ntfs-mft', 'ntfs-usn'],
    subjects: ['page', 'module', 'agent', 'task', 'service', 'program'],
    finds: { answers: ['provenance', 'name'], strength: 'strong' },
  },
]

/** What was weighed, and how. */
type Weighed = Pick<WeighedSubject, 'kind' | 'is' | 'corroborated'> & {
  readonly signs: readonly SignToCount[]
  readonly explanations: readonly ExplanationToCount[]
  readonly canStay: boolean
  readonly leavesOpen?: boolean
}

/** Records that are not in the evidence, and where an explanation would leave no more than a lead that changes no answer. */
export function absentExplanations(one: Weighed, isGiven: (kind: LogKind) => boolean): ExplanationSource[] {
  if (!changesAnswers(one.is)) return []
  return sources.flatMap(({ source, kinds, subjects, finds }) => {
    if (!subjects.includes(one.kind) || kinds.some(isGiven)) return []
    const less = combine(one.signs, [...one.explanations, finds], one)
    return changesAnswers(less) && (less === 'open-lead') === (one.is === 'open-lead') ? [] : [source]
  })
}

function changesAnswers(is: WeighedSubject['is']): boolean {
  return isAtLeastLikely(is) || is === 'open-lead'
}
