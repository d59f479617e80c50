import type { Parser } from '../parser.ts';
/**
 * `SearchResult.xml`: rows of the mailbox audit log or the admin audit log as Exchange mails them. One element `Event` a
 * row, what it says in its attributes.
 */
export declare const auditXml: Parser;
