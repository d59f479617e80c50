import type { Requests } from '../model/requests.ts';
import type { Baseline } from '../rules/baselines/baseline.ts';
import { type RequestTables } from '../activity/requests.ts';
/** All requests to the front end, and the pages and agents of which only one address made use. */
export declare function requestsOf({ of }: RequestTables, baselines?: () => readonly Baseline[]): Requests;
