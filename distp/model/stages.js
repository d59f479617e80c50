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
];
/** Sigma's five words, from least to most. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'];
export const confidences = ['low', 'medium', 'high'];
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
    'keys',
];
/** The place of a stage in the order of the attack. */
export function rank(stage) {
    return stages.indexOf(stage);
}
//# sourceMappingURL=stages.js.map