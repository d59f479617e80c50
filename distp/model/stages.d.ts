/**
 * The steps of an attack, in its order. `context` is ordinary by itself and counts only when joined to an intrusion (the
 * back-end row of a machine account, …).
 */
export declare const stages: readonly ['recon', 'attempt', 'access', 'write', 'shell', 'execution', 'credentials', 'persistence', 'collection', 'exfiltration', 'cleanup', 'context'];
export type Stage = (typeof stages)[number];
/** Sigma's five words, from least to most. */
export declare const levels: readonly ['informational', 'low', 'medium', 'high', 'critical'];
export type Level = (typeof levels)[number];
export declare const confidences: readonly ['low', 'medium', 'high'];
export type Confidence = (typeof confidences)[number];
/** Kinds of persistence. */
export declare const persistences: readonly ['web-shell', 'vdir', 'iis-module', 'transport-agent', 'task', 'service', 'startup', 'account', 'forwarding', 'keys'];
export type PersistenceKind = (typeof persistences)[number];
/** The place of a stage in the order of the attack. */
export declare function rank(stage: Stage): number;
