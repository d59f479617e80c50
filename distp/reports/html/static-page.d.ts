import type { BriefingPage } from '../briefing/page.ts';
/** Pages without a script, in one file that asks nothing of the network; each begins a page in print. */
export declare function pagesHtml(language: string, title: string, pages: Iterable<BriefingPage>, fillIn: string): Iterable<string>;
