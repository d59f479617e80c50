import { pageNameOf } from '../findings/removed-pages.js';
import { addTo } from '../lib/collections.js';
import { isInOwnWebRoot } from '../model/own-places.js';
import { isBelow, servedOf } from './served.js';
export function pageFactsOf(scans) {
    const pages = new Map();
    const { folders } = servedOf(scans);
    // A folder with the name of a web root need not be one: its files do not show which page was served.
    const isServed = ({ artifact }) => isInOwnWebRoot(artifact) &&
        (folders.length === 0 || artifact.windowsPath === null || isBelow(artifact.windowsPath, folders));
    for (const scan of scans)
        for (const fact of scan.facts)
            if (fact.fact === 'page' && isServed(scan))
                addTo(pages, pageNameOf(fact.page), { modified: fact.modified, takesNothing: fact.takesNothing });
    return pages;
}
//# sourceMappingURL=page-facts.js.map