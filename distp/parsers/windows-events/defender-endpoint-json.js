import { readJsonObjects } from '../common/json-objects.js';
import { JsonObjects } from '../../lib/json-stream.js';
import { defenderRow, defenderRowEvent } from './defender-endpoint.js';
/**
 * Events of Microsoft Defender for Endpoint as JSON: the answer of the API for advanced hunting (`Results` beside `Schema`),
 * and what the streaming API sends (`records`, each with its `category` and `properties`), also one record a line.
 * https://learn.microsoft.com/defender-endpoint/api/run-advanced-query-api
 * https://learn.microsoft.com/defender-xdr/streaming-api
 */
export const defenderEndpointJson = {
    name: 'defender-endpoint-json',
    title: 'Events of Defender for Endpoint as JSON',
    product: 'windows',
    recognise,
    read,
};
function recognise({ text, bytes }) {
    if (!/"ActionType"\s*:/i.test(text))
        return 0;
    let rows = 0;
    const objects = new JsonObjects(bytes, ({ value }) => {
        const isRow = rowOf(value) !== null;
        if (isRow)
            rows++;
        return isRow;
    }, () => undefined);
    objects.push(bytes);
    objects.finish();
    return rows > 0 ? 95 : 0;
}
function read(source, sink) {
    return readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
        const row = rowOf(value);
        if (row === null)
            return isAboutAnswer(value);
        sink.event(defenderRowEvent(row, text, { path: source.path, offset, length, line }));
        return true;
    }, { passing: true });
}
/**
 * What an answer of the API says of itself, and not of a device: the name and type of a column (`Schema`), or what the query cost
 * (`Stats`). It is understood, and gives no event.
 */
function isAboutAnswer(value) {
    const names = Object.keys(value).map((name) => name.toLowerCase());
    const isColumn = names.length === 2 && names.includes('name') && names.includes('type');
    const isCost = names.includes('executiontime') && names.includes('dataset_statistics');
    const isTable = names.includes('table_row_count') && names.includes('table_size');
    return isColumn || isCost || (isTable && names.length === 2);
}
/** The columns of a record, which the streaming API has in `properties`. */
function rowOf(value) {
    const { properties } = value;
    const columns = typeof properties === 'object' && properties !== null ? properties : value;
    return defenderRow(Object.entries(columns).map(([name, one]) => [name, textOf(one)]));
}
function textOf(value) {
    if (value === null || value === undefined)
        return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
//# sourceMappingURL=defender-endpoint-json.js.map