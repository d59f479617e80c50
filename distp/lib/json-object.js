/** An object that is no list; null when it is anything else. */
export function asObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
/** An own member: names from outside must not reach what every object inherits. */
export function ownMember(object, name) {
    return object && Object.hasOwn(object, name) ? object[name] : undefined;
}
//# sourceMappingURL=json-object.js.map