/** What a finding is about. The first row are things, the second persons and what acts for them. */
export const subjectKinds = [
    ...[
        'request',
        'export',
        'page',
        'virtual-directory',
        'module',
        'agent',
        'task',
        'service',
        'program',
        'host',
    ],
    ...['account', 'application', 'session', 'device', 'inbox-rule', 'grant', 'mailbox', 'client'],
];
/** Subjects that are persons, or act for them. */
export const persons = new Set([
    'account',
    'application',
    'session',
    'device',
    'inbox-rule',
    'grant',
]);
/**
 * What of a subject looks hostile. Of things: content (what it is, what it does), name, provenance (how and when it arrived),
 * use (who uses it and how), effect (what followed). Of accounts, applications, devices and sessions: guessing, origin,
 * reach, manner, change. Of both: listed (published as an indicator).
 */
export const signKinds = [
    'content',
    'name',
    'provenance',
    'use',
    'effect',
    'listed',
    'guessing',
    'origin',
    'reach',
    'manner',
    'change',
];
/**
 * How far a sign is from ordinary activity. Decisive: nothing ordinary looks like it. Strong: rare, and an explanation would
 * itself leave evidence. Weak: ordinary activity does it too. Context: it explains, and never counts.
 */
export const strengths = ['context', 'weak', 'strong', 'decisive'];
/** From what weighs least to what weighs most. */
export const weighedOrder = ['nothing', 'lead', 'open-lead', 'likely', 'yes'];
/** Is it, certainly or likely, as an answer or what was weighed has it? */
export function isAtLeastLikely(is) {
    return is === 'yes' || is === 'likely';
}
/** Sigma's level of a rule, by the strength of its sign. */
export const levelOfStrength = {
    decisive: 'critical',
    strong: 'high',
    weak: 'medium',
    context: 'informational',
};
/** How sure a finding is, by the strength of its sign. */
export const confidenceOfStrength = {
    decisive: 'high',
    strong: 'medium',
    weak: 'low',
    context: 'low',
};
/** What a rule without a rating is about, by its stage; its sign is weak. */
export const unratedSign = {
    recon: { subject: 'request', kind: 'content', strength: 'weak' },
    attempt: { subject: 'request', kind: 'content', strength: 'weak' },
    access: { subject: 'request', kind: 'use', strength: 'weak' },
    write: { subject: 'page', kind: 'provenance', strength: 'weak' },
    shell: { subject: 'page', kind: 'content', strength: 'weak' },
    execution: { subject: 'program', kind: 'effect', strength: 'weak' },
    credentials: { subject: 'program', kind: 'effect', strength: 'weak' },
    persistence: { subject: 'program', kind: 'provenance', strength: 'weak' },
    collection: { subject: 'mailbox', kind: 'reach', strength: 'weak' },
    exfiltration: { subject: 'mailbox', kind: 'reach', strength: 'weak' },
    cleanup: { subject: 'host', kind: 'effect', strength: 'weak' },
    context: { subject: 'request', kind: 'use', strength: 'context' },
};
/** The sign of a rule as it is written, with what its stage has where nothing is written. */
export function signOf({ subject, sign, strength }, stage) {
    const unrated = unratedSign[stage];
    return {
        subject: subject ?? unrated.subject,
        kind: sign ?? unrated.kind,
        strength: strength ?? unrated.strength,
    };
}
/** Is it rare in ordinary activity, or never seen in it? */
export function isStrong({ strength }) {
    return strength === 'strong' || strength === 'decisive';
}
//# sourceMappingURL=sign.js.map