import { actionFacts } from './action-targets.js';
import { addTo, append } from '../../lib/collections.js';
/** Reasons that an action names. */
const REASONS = 10;
/**
 * What to do now, in order, from what was found: the packs' actions whose conditions hold, preserve first. Conditions of a
 * campaign's pack are evaluated against that campaign, and an action for servers is none for a tenant.
 */
export function actionsOf(actions, situation, 
/** Names of rules in pack.yml, by id. */
names) {
    const byRule = new Map();
    for (const found of situation.found)
        if (found.counts)
            addTo(byRule, names.get(found.finding.rule) ?? found.finding.rule, found);
    const target = situation.product === 'exchange-online' ? 'tenant' : 'server';
    const list = [];
    const seen = new Set();
    for (const action of actions) {
        if (seen.has(action.id) || (action.for ?? target) !== target)
            continue;
        const because = reasons(action, situation, byRule);
        if (because.length === 0)
            continue;
        seen.add(action.id);
        const { when: _, after: __, for: ___, campaign: ____, about, ...rest } = action;
        list.push({ ...rest, order: list.length + 1, here: actionFacts(about, situation), because });
    }
    return list;
}
function reasons({ when, campaign }, situation, byRule) {
    const because = [];
    const answers = campaign === null ? situation.answers : (situation.byCampaign.get(campaign) ?? []);
    for (const question of when.questions ?? []) {
        const answer = answers.find((a) => a.question === question);
        if (answer && (when.is ?? ['yes', 'likely']).includes(answer.is))
            because.push(`${question}: ${answer.is}`);
    }
    const room = () => Math.max(0, REASONS - because.length);
    for (const rule of when.rules ?? []) {
        const own = (byRule.get(rule) ?? []).filter(({ finding }) => isOf(campaign, finding));
        append(because, own.slice(0, room()).map(({ finding }) => finding.id));
    }
    const credited = new Set(situation.found.flatMap(({ finding }) => (isOf(campaign, finding) ? [finding.id] : [])));
    for (const kind of when.persistence ?? []) {
        const own = situation.persistence.filter((p) => p.kind === kind && p.because.some((id) => credited.has(id)));
        append(because, own.slice(0, room()).flatMap((p) => p.because.slice(0, 1)));
    }
    return [...new Set(because)];
}
/** Is a finding of the campaign: credited to it, or by a rule of its pack? */
function isOf(campaign, finding) {
    return campaign === null || finding.campaign === campaign || finding.pack === campaign;
}
//# sourceMappingURL=actions.js.map