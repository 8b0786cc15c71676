import { deepEqual, equal } from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';

/** Fails unless the file is whole and every item of it is counted exactly once: looked at from outside, as another program would. */
export function assertBalanced(path: string): void {
  const sqlite = new DatabaseSync(path);
  try {
    deepEqual(
      sqlite
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => row['integrity_check']),
      ['ok'],
    );
    const wrong = sqlite
      .prepare(
        `SELECT standings.number, standings.items, count(items.number) AS counted FROM standings
         LEFT JOIN items ON items.standing = standings.number GROUP BY standings.number HAVING standings.items <> counted`,
      )
      .all();
    deepEqual(wrong, []);
    const numberOf = (sql: string): unknown => Object.values(sqlite.prepare(sql).get() ?? {})[0];
    equal(numberOf('SELECT count(*) FROM items WHERE standing NOT IN (SELECT number FROM standings)'), 0);
    equal(
      numberOf(`SELECT count(*) FROM items JOIN standings ON standings.number = items.standing
        WHERE items.device <> standings.device OR (gone_since IS NULL) <> (is_gone = 0)`),
      0,
    );
    equal(
      numberOf(
        `SELECT count(*) FROM standings WHERE state NOT IN ('verified', 'waiting', 'skipped', 'failed')`,
      ),
      0,
    );
    equal(
      numberOf(`SELECT count(*) FROM items JOIN standings ON standings.number = items.standing
        WHERE state = 'verified' AND receipt IS NULL OR state <> 'waiting' AND on_its_way_in IS NOT NULL`),
      0,
    );
  } finally {
    sqlite.close();
  }
}
