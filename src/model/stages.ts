/**
 * The steps of an attack, in its order. `context` is ordinary by itself and counts only when joined to an intrusion (the
 * back-end row of a machine account, …).
 */
export const stages = [
  'recon',
  'attempt',
  'access',
  'write',
  'shell',
  'execution',
  'credentials',
  'persistence',
  'collection',
  'exfiltration',
  'cleanup',
  'context',
] as const

export type Stage = (typeof stages)[number]

/** Sigma's five words, from least to most. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const

export type Level = (typeof levels)[number]

export const confidences = ['low', 'medium', 'high'] as const

export type Confidence = (typeof confidences)[number]

/** Kinds of persistence. */
export const persistences = [
  'web-shell',
  'vdir',
  'iis-module',
  'transport-agent',
  'task',
  'service',
  'startup',
  'account',
  'forwarding',
  'inbox-rule',
  'keys',
] as const

export type PersistenceKind = (typeof persistences)[number]

/** The place of a stage in the order of the attack. */
export function rank(stage: Stage): number {
  return stages.indexOf(stage)
}
