import { canonicalJson } from '../../lib/json.js';
import { questionOrder } from '../shared/wording.js';
/** summary.json: every server of a run in a few words, for programs. */
export function summaryJson(servers, failed = []) {
    return `${canonicalJson({ schema: 'postern-summary/1', servers: servers.map(summaryOf), failed }, 1)}\n`;
}
function summaryOf({ assessment, path }) {
    const { verdict, server, exposure } = assessment;
    const answers = Object.create(null);
    for (const question of questionOrder) {
        answers[question] = assessment.answers.find((a) => a.question === question)?.is ?? 'not-asked';
    }
    return {
        name: server.name,
        path,
        verdict: {
            is: verdict.is,
            sentence: verdict.sentence,
            sure: verdict.sure,
            open: verdict.open,
            covers: verdict.covers,
        },
        answers,
        patchedTooLate: exposure.patchedTooLate,
        mailboxes: [...new Set(known(assessment))],
    };
}
function known(assessment) {
    return assessment.mailboxes.filter((m) => m.certainty === 'named' || m.certainty === 'joined').map((m) => m.mailbox);
}
//# sourceMappingURL=summary-json.js.map