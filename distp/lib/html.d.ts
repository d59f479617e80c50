/**
 * Markup that may stand in a page as it is. Only the tag `html` and `json` below make it: an object that comes out of
 * evidence never passes for one, since the private field is missing.
 */
export declare class SafeHtml {
    #private;
    private constructor();
    toString(): string;
}
/** What a template may hold. Null, undefined and false leave nothing. */
export type HtmlContent = SafeHtml | string | number | null | undefined | false | readonly HtmlContent[];
/**
 * A piece of a page. Values are escaped by construction; only `SafeHtml` goes in as it is. A value may stand in text and in
 * a quoted attribute; the template itself is refused (a mistake in the program, never in the evidence) when a value
 * stands in a script, a style, a comment, a name, an unquoted attribute, an `on…` or a `style` attribute.
 * A link made from a value stays within the page.
 */
export declare function html(strings: TemplateStringsArray, ...values: readonly HtmlContent[]): SafeHtml;
/** Data in a page: JSON in a block that is not run and cannot be closed from inside. */
export declare function jsonBlock(id: string, value: unknown): SafeHtml;
/** `href` of a file in a folder beside the page, by names that are the program's own: never a name out of evidence. */
export declare function localLink(folder: string, file: string): SafeHtml;
/** A style or script of the program's own; `</` inside would end it, so that is refused. */
export declare function inline(element: 'style' | 'script', text: string): SafeHtml;
/**
 * Escaped for text and for quoted attributes, with invisible characters made visible. Brackets are written as references
 * too: the text of a web shell, quoted in a report, shall not be the web shell's bytes again and wake a virus scanner.
 */
export declare function escape(text: string): string;
