/** The field that holds each trait of a request but its client. */
const TRAITS = { agent: 'cs-user-agent', path: 'cs-uri-stem', status: 'sc-status' };
/** Longer values are counted with all that begin alike. */
const LONGEST_TRAIT = 256;
/** The value of a trait in the fields of a request, as it is counted: a path whatever its case. Null where there is none. */
export function traitOf(trait, fields) {
    const value = fields[TRAITS[trait]];
    if (typeof value === 'number')
        return String(value);
    if (typeof value !== 'string' || value === '')
        return null;
    const short = value.slice(0, LONGEST_TRAIT);
    return trait === 'path' ? short.toLowerCase() : short;
}
/** The columns of the traits by which rows are counted. */
export function traitColumns(layout) {
    if (!layout.isRequests)
        return new Map();
    const traits = Object.entries(TRAITS).map(([trait, field]) => [trait, columnOf(layout, field)]);
    return new Map([['client', layout.client], ...traits].filter(([, column]) => column >= 0));
}
/** The column that makes a field; -1 when there is none. */
export function columnOf(layout, field) {
    return layout.columns.findIndex((_, column) => field in (layout.fieldsOf(column, layout.empty) ?? {}));
}
/** Statuses of what is there. */
export const SERVED = new Set(['200', '206', '304']);
//# sourceMappingURL=row-layout.js.map