//! Permits: one row a company, which says when the next request may go and how many have gone today.

use std::time::SystemTime;

use super::Vault;
use crate::error::Result;
use crate::world::{millis, time};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) company: &'a str,
    pub(crate) now: SystemTime,
    pub(crate) count: u32,
    /// Milliseconds from one request to the next.
    pub(crate) spacing: i64,
    pub(crate) per_day: i64,
    /// Milliseconds that the first request may have to wait at most.
    pub(crate) patience: i64,
}

/// What is given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Leased {
    /// Permits, of which the first may be used at this time.
    From(SystemTime),
    /// None: the next request could go at this time.
    NotBefore(SystemTime),
    /// None: not so many are left of this day, which ends at this time.
    DayIsUsedUp { left: u32, until: SystemTime },
}

const DAY: i64 = 24 * 60 * 60 * 1000;

impl Vault {
    /// Takes so many permits at once.
    pub(crate) async fn lease_permits(&self, ask: Ask<'_>) -> Result<Leased> {
        let (now, today) = (millis(ask.now), millis(ask.now) / DAY);
        let taken = i64::from(ask.count) * ask.spacing;
        // The row moves its next time on by what is taken: from now, or from where the last one left off.
        let statement = "INSERT INTO gong_permits AS held (company, next_at, day, used) \
             VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT), $4, $5) \
             ON CONFLICT (company) DO UPDATE SET \
             next_at = CASE WHEN held.next_at > $2 THEN held.next_at ELSE $2 END + $3, \
             day = $4, used = CASE WHEN held.day = $4 THEN held.used ELSE 0 END + $5 \
             WHERE held.next_at <= CAST($6 AS BIGINT) \
             AND CASE WHEN held.day = $4 THEN held.used ELSE 0 END + $5 <= CAST($7 AS BIGINT) \
             RETURNING next_at";
        let values = vec![
            ask.company.into(),
            now.into(),
            taken.into(),
            today.into(),
            i64::from(ask.count).into(),
            now.saturating_add(ask.patience).into(),
            ask.per_day.into(),
        ];
        if let Some(mut row) = self.first(statement, values).await? {
            return Ok(Leased::From(time(row.int()? - taken)));
        }
        let statement = "SELECT next_at, CASE WHEN day = $2 THEN used ELSE 0 END FROM gong_permits WHERE company = $1";
        let Some(mut row) = self.first(statement, vec![ask.company.into(), today.into()]).await? else {
            return Ok(Leased::NotBefore(ask.now));
        };
        let (next_at, used) = (row.int()?, row.int()?);
        if next_at > now.saturating_add(ask.patience) {
            return Ok(Leased::NotBefore(time(next_at)));
        }
        let left = u32::try_from(ask.per_day.saturating_sub(used)).unwrap_or(0);
        Ok(Leased::DayIsUsedUp { left, until: time((today + 1) * DAY) })
    }

    /// Lets no request through before this time, for everybody.
    pub(crate) async fn hold_permits(&self, company: &str, now: SystemTime, until: SystemTime) -> Result<()> {
        let statement = "INSERT INTO gong_permits AS held (company, next_at, day, used) VALUES ($1, $2, $3, 0) \
             ON CONFLICT (company) DO UPDATE SET \
             next_at = CASE WHEN held.next_at > $2 THEN held.next_at ELSE excluded.next_at END";
        let values = vec![company.into(), millis(until).into(), (millis(now) / DAY).into()];
        self.run(statement, values).await.map(drop)
    }
}
