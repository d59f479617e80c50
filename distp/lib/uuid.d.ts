/**
 * A UUID of version 5 (RFC 9562, section 5.5): the same namespace and name give the same one. `namespace` is a UUID in its
 * text form; the name counts as UTF-8.
 */
export declare function uuid5(namespace: string, name: string): string;
