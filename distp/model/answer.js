/** The question that a stage answers; clean-up and context prove nothing alone. */
export const stageQuestion = {
    recon: 'targeted',
    attempt: 'targeted',
    access: 'exploited',
    write: 'exploited',
    shell: 'compromised',
    execution: 'compromised',
    credentials: 'compromised',
    persistence: 'compromised',
    collection: 'mail-taken',
    exfiltration: 'mail-taken',
    cleanup: null,
    context: null,
};
/** Answers that a verdict rests on: one of them at yes makes it certain. */
export const restsOn = {
    compromised: ['compromised', 'still-there'],
    exploited: ['exploited', 'mail-taken'],
    targeted: ['targeted'],
    'cannot-tell': [],
    'no-evidence': [],
};
//# sourceMappingURL=answer.js.map