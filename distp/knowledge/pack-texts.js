import { PosternError } from '../lib/errors.js';
/** Reads text.yml of a pack: plain sentences in several languages. A mistake in it stops the run. */
export function packTexts(doc, campaign, actions, 
/** Sentences that come with actions of \`shared/actions.yml\`. */
shared, file) {
    const { name, cves = [], summary = {}, actions: sentences = {}, asksForEvidence = [], ...rest } = mapOf(doc, 'the file', file);
    for (const key of Object.keys(rest))
        throw mistake(`${key} is unknown`, file);
    if (campaign === null) {
        for (const [key, value] of Object.entries({ name, summary: mapOf(summary, 'summary', file), cves }))
            if (value !== undefined && Object.keys(value).length > 0)
                throw mistake(`${key} is for a campaign, and the pack has no exploitation period`, file);
    }
    if (name !== undefined && typeof name !== 'string')
        throw mistake('name must be a text', file);
    if (!Array.isArray(cves))
        throw mistake('cves must be a list', file);
    for (const cve of cves)
        if (!campaign?.vulnerabilities.includes(cve))
            throw mistake(`cves names ${String(cve)}, which is not among the vulnerabilities of the pack`, file);
    if (!Array.isArray(asksForEvidence))
        throw mistake('asksForEvidence must be a list', file);
    const own = { ...shared, ...mapOf(sentences, 'actions', file) };
    for (const id of [...Object.keys(own), ...asksForEvidence])
        if (!actions.has(id))
            throw mistake(`the pack has no action ${id}`, file);
    const text = campaign && {
        name: name ?? null,
        cves: cves,
        summary: translations(summary, 'summary', file),
        ownSummary: campaign.summary,
    };
    return {
        campaign: text,
        asksForEvidence: asksForEvidence,
        actions: Object.fromEntries(Object.entries(own).map(([id, sentence]) => [id, translations(sentence, `actions.${id}`, file)])),
    };
}
/** The texts of all packs together. Of two packs with the same action the first gives its sentence, as it gives the action. */
export function mergedTexts(packs) {
    const actions = new Map();
    for (const { texts } of packs)
        for (const [id, sentences] of Object.entries(texts.actions))
            if (!actions.has(id))
                actions.set(id, sentences);
    return {
        campaigns: Object.fromEntries(packs.flatMap(({ id, texts }) => (texts.campaign ? [[id, texts.campaign]] : []))),
        actions: Object.fromEntries(actions),
        asksForEvidence: packs.flatMap(({ texts }) => texts.asksForEvidence),
    };
}
function translations(value, at, file) {
    const entries = Object.entries(mapOf(value, at, file));
    for (const [language, sentence] of entries) {
        if (!/^[a-z]{2,3}$/.test(language))
            throw mistake(`${at} has ${language}, which is no language code`, file);
        if (typeof sentence !== 'string' || sentence.trim() === '')
            throw mistake(`${at}.${language} must be a text`, file);
    }
    return Object.fromEntries(entries);
}
function mapOf(value, at, file) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return value;
    throw mistake(`${at} must be a map`, file);
}
const mistake = (what, file) => new PosternError('bad-pack', `${what}.`, { file });
//# sourceMappingURL=pack-texts.js.map