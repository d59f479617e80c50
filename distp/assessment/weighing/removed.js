import { fieldText } from '../../model/event.js';
import { isBelowExchange, isOfNoProduct } from '../../model/exchange-urls.js';
import { vantageOf } from '../../model/log-kinds.js';
import { isInOwnWebRoot } from '../../model/own-places.js';
import { isStrong } from '../../model/sign.js';
import { isSuccessStatus } from '../../model/requests.js';
/**
 * A page that was served or compiled and is in no web root any more, where all of these and the configuration of IIS are in the
 * evidence: it ran and was removed. A strong sign below Exchange's directories or in aspnet_client; a weak one elsewhere, and where logs
 * of several hosts are assessed together: the web roots may be those of another. What
 * many people or a monitor used was taken away by its owner.
 */
export function removalSigns({ kind, key }, about, explanations, { pages, hasAllPages = false, areSeveral = false, isConfigured = () => false }) {
    if (kind !== 'page' || !hasAllPages || pages.has(key.slice(key.indexOf('\0') + 1)))
        return [];
    if (about.some(({ hits }) => hits.some(({ event }) => isPageThere(event))))
        return [];
    if (explanations.some(({ by }) => ofOwners.has(by)))
        return [];
    // What the web roots of another host lack makes nothing certain; it only keeps a weak sign from being nothing.
    if (areSeveral && about.some(({ finding }) => isStrong(finding.sign)))
        return [];
    const ran = (isThere) => about.find(({ hits }) => hits.some(({ event }) => isThere(pathThatRan(event) ?? '')));
    const below = ran(isBelowExchange);
    const strength = areSeveral ? 'weak' : 'strong';
    if (below)
        return [{ kind: 'provenance', strength, finding: below.finding.id, seen: 'removed' }];
    const elsewhere = ran((path) => isOfNoProduct(path) && !isConfigured(path));
    return elsewhere ? [{ kind: 'provenance', strength: 'weak', finding: elsewhere.finding.id, seen: 'removed' }] : [];
}
/** Explanations by which a page is one of the organization. */
const ofOwners = new Set(['people', 'many-clients', 'monitor']);
/** Is it the page itself, where IIS serves it? A copy in another folder is not. */
function isPageThere({ log, at, target }) {
    if (log !== 'web-roots')
        return false;
    const windowsPath = target !== null && /^[a-z]:[\\/]/i.test(target) ? target : null;
    return isInOwnWebRoot({ path: at.path, windowsPath });
}
/** The URL path of a page that was compiled or served; null of any other event. */
function pathThatRan(event) {
    if (event.log === 'aspnet-temp')
        return fieldText(event, 'virtualPath');
    const isServed = vantageOf(event.log) === 'front-end' && isSuccessStatus(event.fields['sc-status']);
    return isServed ? fieldText(event, 'cs-uri-stem') : null;
}
//# sourceMappingURL=removed.js.map