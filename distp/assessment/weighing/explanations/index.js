import { administrator } from './administrator.js';
import { announced } from './announced.js';
import { exchangeAgent } from './exchange-agent.js';
import { fixedBuild } from './fixed-build.js';
import { consentOfAdministrator, grantedRight } from './granted-right.js';
import { habit } from './habit.js';
import { knownHash } from './known-hash.js';
import { knownOrigin } from './known-origin.js';
import { knownProduct } from './known-product.js';
import { knownTool } from './known-tool.js';
import { mailForEveryone } from './mail-for-everyone.js';
import { monitor } from './monitor.js';
import { notRun } from './not-run.js';
import { older } from './older.js';
import { ownShare } from './own-share.js';
import { otherUse } from './other-use.js';
import { people } from './people.js';
import { plainPage } from './plain-page.js';
import { signed } from './signed.js';
import { updateHour } from './update-hour.js';
/** All reasons that are looked for, each time. */
const explanations = [
    administrator,
    announced,
    exchangeAgent,
    fixedBuild,
    grantedRight,
    consentOfAdministrator,
    habit,
    knownHash,
    knownOrigin,
    knownProduct,
    knownTool,
    mailForEveryone,
    monitor,
    notRun,
    older,
    otherUse,
    ownShare,
    people,
    plainPage,
    signed,
    updateHour,
];
export function explanationsOf(about, context) {
    return explanations.flatMap((explain) => explain(about, context) ?? []);
}
//# sourceMappingURL=index.js.map