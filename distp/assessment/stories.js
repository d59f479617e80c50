import { againstBuild } from '../findings/baseline-builds.js';
import { joinIntrusions } from '../findings/intrusions.js';
import { tenantAccounts } from '../findings/tenant-accounts.js';
import { mailInStories, withCloudActs } from '../findings/cloud-mail.js';
import { tiesElsewhere } from '../findings/case-ties.js';
import { canonicalIp } from '../lib/ip.js';
import { compareByTime, detect } from '../findings/findings.js';
import { intrudersMail } from '../findings/intruders-mail.js';
import { actsInSessions } from '../findings/account-sessions.js';
import { guessingFindings } from '../findings/guessing.js';
import { ownGrants } from '../findings/own-grants.js';
import { devicesInStories, withNewDevices } from '../findings/devices.js';
import { KnownOrigins } from '../activity/known-origins.js';
import { SharedClients } from '../activity/shared-clients.js';
import { laterLogons } from './later-logons.js';
import { withServedFiles } from './served.js';
/** The same in every round of intrusions: neither a compromised account nor a second lookup changes it. */
export function addressUse({ mail, devices, logons }, cloud, explainsFrom) {
    let byClient = null;
    return {
        logsOn: (client) => (byClient ??= mail.mailboxesByClient()).of(client) !== null,
        shared: new SharedClients({ mail, devices, cloud, logons }),
        knownOrigins: new KnownOrigins(logons, mail.identities, explainsFrom),
        explainsFrom,
    };
}
/** Hits → findings, with those that are computed from counted logons. */
export function findingsAlone(input, { infos, rules }) {
    const { scans, cloud, server, known, addresses, read } = input;
    const here = serverOf(input);
    const { identities } = read.mail;
    const sole = read.mail.soleAccounts();
    // Behind a front end or a balancer that hides clients, more than one account has its address.
    const servedAt = (name, client) => {
        const account = identities.accountOf(name);
        return addresses.knownOrigins.isServedAt(account, client) || sole.get(canonicalIp(client) ?? client) === account;
    };
    const detected = againstBuild(detect(withServedFiles(scans), infos, { ...here, servedAt }, known, input.window, input.elsewhere), server.builds, rules.baselines);
    const federation = { tokens: read.logons.tokens(), identities };
    const accounts = tenantAccounts(detected, cloud, infos, here, known, input.tenant, federation);
    const { knownOrigins, explainsFrom } = addresses;
    const counted = { ...read, identities, knownOrigins, explainsFrom };
    const guessing = guessingFindings(detected, counted, infos, here, known);
    const own = ownGrants(detected, { identities, origins: input.origins }, infos, here, known);
    const computed = [...accounts.found, ...guessing.found, ...own];
    return {
        found: computed.length === 0 ? detected : [...detected, ...computed].sort(compareByTime),
        notes: [...accounts.notes, ...guessing.notes],
    };
}
/** Findings → intrusions; mail and devices that only a story makes findings are joined to theirs. */
export function storiesOf(input, { found, notes }, { infos }, byAccount = new Map()) {
    const { cloud, known, elsewhere, addresses } = input;
    const { requests, devices, mail, logons } = input.read;
    const { identities } = mail;
    const here = serverOf(input);
    const isShared = (client, time) => addresses.shared.isSharedBefore(client, time);
    const accountOf = (name) => identities.accountOf(name);
    const join = (all, afterSign) => joinIntrusions(all, addresses.logsOn, {
        ...(afterSign ? { afterSign } : {}),
        elsewhere: tiesElsewhere(all, elsewhere.hostile, accountOf),
        byAccount,
        inSessions: actsInSessions(all, { logons, identities }, byAccount),
        isShared,
        writers: input.writers ?? new Map(),
    });
    const alone = join(found);
    const mailed = mailInStories(alone.found, cloud, infos, here, known);
    const mobile = devicesInStories(alone.found, devices, requests, infos, here, known, (client, time) => addresses.knownOrigins.isUsedBefore(client, time));
    const { explainsFrom } = addresses;
    const opened = intrudersMail(alone.found, { logons, identities, explainsFrom }, infos, here, known);
    const later = laterLogons(alone.found, { logons, identities, origins: input.origins }, byAccount, infos, here, known);
    const more = [...mailed.found, ...mobile.found, ...opened.found, ...later.found];
    const joined = more.length === 0 ? alone : join([...found, ...more].sort(compareByTime), later.after);
    const acts = withCloudActs(joined.intrusions, joined.found, cloud, identities);
    return {
        ...joined,
        told: withNewDevices(acts, joined.found, devices, requests, identities),
        notes: [...notes, ...mailed.notes, ...mobile.notes, ...opened.notes],
    };
}
function serverOf({ server, proxies, meter }) {
    return { name: server.name, names: server.names, proxies, logs: meter };
}
//# sourceMappingURL=stories.js.map