import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { readTable } from '../lib/table.js';
import { buildParts } from '../model/builds.js';
/** Loads builds, vulnerabilities and fixes from the `knowledge` folder that ships with Postern. */
export function loadExposureFacts(folder) {
    const cves = readTable(join(folder, 'cves.csv')).map((row) => ({
        cve: row.cve,
        alias: row.alias ?? '',
        impact: row.impact ?? '',
        products: wordsIn(row.products),
        exploited: row.exploited === 'yes',
        condition: row.condition ?? '',
        published: row.published ?? '',
    }));
    const fixes = readTable(join(folder, 'fixes.csv')).map((row) => ({
        cve: row.cve,
        product: row.product,
        cu: row.cu,
        status: row.status,
        update: row.update ?? '',
        build: buildParts(row.build ?? ''),
    }));
    const builds = readTable(join(folder, 'builds.csv')).flatMap((row) => {
        const build = buildParts(row.build ?? '');
        if (build === null)
            return [];
        return [
            {
                product: row.product,
                cu: row.cu,
                update: row.update ?? '',
                kind: row.kind ?? '',
                build,
                released: row.released ?? '',
            },
        ];
    });
    const products = readTable(join(folder, 'products.csv')).map((row) => ({
        product: row.product,
        name: row.name,
        supportEnd: row.support_end,
        paidAfterEnd: row.paid_after_end === 'yes',
    }));
    const protections = readTable(join(folder, 'protections.csv')).map((row) => ({
        id: row.id,
        title: row.title,
        cves: wordsIn(row.cves),
        remedy: row.remedy,
        decides: decidingOf(row.decides),
        byDefault: row.by_default === 'yes',
        overrides: wordsIn(row.overrides),
    }));
    const vendorNames = new Map(readTable(join(folder, 'vendor-names.csv')).map(({ name, cve }) => [name, cve]));
    const cus = new Set(builds.map(({ build }) => build.slice(0, 3).join('.')));
    return {
        cves,
        fixes: Map.groupBy(fixes, ({ cve }) => cve),
        cus,
        builds,
        products,
        protections,
        vendorNames,
        known: knownUntil(folder, builds, cves),
        tenant: tenantFacts(folder),
    };
}
/** Applications and networks of tenants; none where the tables are older than these. */
function tenantFacts(folder) {
    const [applications, networks] = ['tenant-applications.csv', 'tenant-networks.csv'].map((name) => {
        const file = join(folder, name);
        return existsSync(file) ? readTable(file) : [];
    });
    const classOf = (text) => text === 'mail-client' || text === 'broker' ? text : 'abused';
    return {
        applications: new Map(applications.map((row) => [row.id.toLowerCase(), classOf(row.class)])),
        networks: networks.map(({ network }) => network),
    };
}
/** The days of `known-until.csv`; of tables without it those of their newest entries. */
function knownUntil(folder, builds, cves) {
    const file = join(folder, 'known-until.csv');
    const said = new Map((existsSync(file) ? readTable(file) : []).map(({ about, until }) => [about, until]));
    const last = (days) => days.reduce((a, b) => (b > a ? b : a), '1970-01-01');
    return {
        builds: said.get('builds') ?? last(builds.map(({ released }) => released)),
        vulnerabilities: said.get('vulnerabilities') ?? last(cves.map(({ published }) => published)),
    };
}
const wordsIn = (cell) => (cell ?? '').split(' ').filter(Boolean);
function decidingOf(cell) {
    return cell === 'alone' || cell === 'directory' ? cell : 'with-build';
}
/** The vulnerability that a mitigation or result with this name is about: of the service `EEMS M1.1` is a version of `EEMS M1`. */
export function cveOfVendorName(name, names) {
    for (let known = name;; known = known.slice(0, known.lastIndexOf('.'))) {
        const cve = names.get(known);
        if (cve !== undefined)
            return cve;
        if (!known.includes('.'))
            return null;
    }
}
//# sourceMappingURL=exposure-tables.js.map