/** Words that leave open who acts, or let a log speak: readers must not guess. */
export const REFUSED =
  /\b(?:somebody|someone else|nobody|whoever|whatever|the house|doors?|knock|ways? back|comes? back|came in|told|tells?|speaks?|stands? in|held against|by itself|gone on|asked of|so many)\b/i
