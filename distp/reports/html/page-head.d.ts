import { type SafeHtml } from '../../lib/html.ts';
type Head = {
    readonly language: string;
    readonly title: string;
    readonly style: string;
    /** The one script that the page may run. */
    readonly script?: string;
    readonly colors?: 'light dark' | 'light';
};
/** Begins a page in one file, up to its body: nothing is loaded, no search engine lists it, and no link says where it came from. */
export declare function pageHead({ language, title, style, script, colors }: Head): SafeHtml;
export {};
