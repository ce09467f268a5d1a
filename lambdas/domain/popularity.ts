/** Which services people open most (R5.4), told from counts of openings that know nobody. */
import type { EpochMs } from './case.ts';
import { finnishWall } from './finnish-time.ts';

/** How long counts are kept, and how far back they count; today is one of them. */
export const popularDays = 14;
/** Openings of a service in all those days: fewer are chance, and could tell of one person. */
export const leastOpenings = 5;
/** Openings of one service counted in one minute, however many there are: a script that opens it gains no more. */
export const countedAMinute = 10;
/** Services the list names. A page shows the first of them that fit its reader. */
export const popularAtMost = 10;

export type Counts = ReadonlyMap<string, number>;

const dayMs = 24 * 60 * 60 * 1_000;

/** `2026-11-23`: the day on a Finnish calendar. */
const dayOnWall = (wall: EpochMs): string => new Date(wall).toISOString().slice(0, 10);
export const dayOf = (now: EpochMs): string => dayOnWall(finnishWall(now));

/** The days that count, today first. */
export const daysThatCount = (now: EpochMs): string[] => {
  const wall = finnishWall(now);
  return Array.from({ length: popularDays }, (_, ago) => dayOnWall(wall - ago * dayMs));
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * The services that were opened, most popular first; `days` are the counts of each day. A day counts by its square
 * root: one day's rush, or somebody's script, weighs less than what is used day after day.
 */
export const rank = (days: readonly Counts[]): string[] => {
  const services = [...new Set(days.flatMap(day => [...day.keys()]))];
  return services
    .map(service => ({ service, counts: days.map(day => day.get(service) ?? 0) }))
    .filter(({ counts }) => sum(counts) >= leastOpenings)
    .map(({ service, counts }) => ({ service, weight: sum(counts.map(Math.sqrt)) }))
    .sort((one, other) => other.weight - one.weight || (one.service < other.service ? -1 : 1))
    .map(({ service }) => service);
};
