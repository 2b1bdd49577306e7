//! What a tool asks another for: the one item that matches, the only one, every value of a field. Answers are
//! remembered for five minutes.

use std::sync::Arc;
use std::time::Duration;

use crate::base::environment::BoxFuture;
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::violation::Faults;
use crate::call::perform;
use crate::call::run::Run;
use crate::call::tool::Listing;
use crate::input::json::{Placeholder, ToJson};
use crate::input::text::{in_order, shown};
use crate::page::Items;

const REMEMBERED_FOR: Duration = Duration::from_secs(5 * 60);

/// All items of a tool.
type Known<T> = Arc<Vec<<T as Listing>::Item>>;

impl Run<'_> {
    /// A field of the one item of another tool's answer that matches.
    pub(crate) async fn find<T: Listing, V: Placeholder + ToJson>(
        &mut self,
        matches: impl Fn(&T::Item) -> bool + Send,
        pick: impl Fn(&T::Item) -> Option<V> + Send,
        missing: impl FnOnce() -> String + Send,
    ) -> Result<V> {
        let Some(items) = self.items_of::<T>().await? else { return Ok(V::placeholder(T::TOOL.name)) };
        let matching = items.iter().filter(|item| matches(item));
        one(matching.filter_map(|item| Some((item, pick(item)?))), missing, "More than one matches:")
    }

    /// A field of the only item of another tool's answer. If there are several, the error says which.
    pub(crate) async fn only<T: Listing, V: Placeholder + ToJson>(
        &mut self,
        pick: impl Fn(&T::Item) -> Option<V> + Send,
        missing: impl Into<String> + Send,
        several: impl Into<String> + Send,
    ) -> Result<V> {
        let Some(items) = self.items_of::<T>().await? else { return Ok(V::placeholder(T::TOOL.name)) };
        let several = format!("{} There are:", several.into());
        one(items.iter().filter_map(|item| Some((item, pick(item)?))), || missing.into(), &several)
    }

    /// The distinct values of a field over all items of another tool's answer, in the order of their texts.
    pub(crate) async fn every<T: Listing, V: Placeholder + ToJson>(
        &mut self,
        pick: impl Fn(&T::Item) -> Option<V> + Send,
    ) -> Result<Vec<V>> {
        let Some(items) = self.items_of::<T>().await? else { return Ok(vec![V::placeholder(T::TOOL.name)]) };
        let values = in_order(items.iter().filter_map(pick).collect());
        Ok(values.into_iter().map(|(_, value)| value).collect())
    }

    /// All items of another tool; none in a dry run, which only writes the first request down.
    fn items_of<T: Listing>(&mut self) -> BoxFuture<'_, Result<Option<Known<T>>>> {
        Box::pin(async move {
            let context = || format!("(Asked {} for what the call needs.)", T::TOOL.name);
            let mut params = T::default();
            perform::ready(self.client, &mut params, Faults::default())?;
            if self.dry {
                let mut run = Run::new(self.client, T::TOOL, true);
                run.go(&params, &mut T::Answer::default()).await.map_err(|error| error.context(context()))?;
                self.planned.extend(run.planned.into_iter().map(|mut planned| {
                    planned.purpose.get_or_insert_with(|| format!("look-up with {}", T::TOOL.name));
                    planned
                }));
                return Ok(None);
            }
            let now = self.client.environment.now();
            if let Some(items) = self.client.lookups.get(T::TOOL.name, REMEMBERED_FOR, now) {
                return Ok(Some(items));
            }
            // The one that is looked for may be one that cannot be read, and a guess would be worse than none.
            let items = Items::new(self.client.clone(), Ok(params))
                .all()
                .await
                .map_err(|error| error.asked_by(self.tool.name, context()))?;
            let items = Arc::new(items);
            self.client.lookups.put(T::TOOL.name, items.clone(), now);
            Ok(Some(items))
        })
    }
}

/// The one value, if all items have the same; `several` is said before what there is to choose from.
fn one<'i, T: serde::Serialize + 'i, V: ToJson>(
    found: impl Iterator<Item = (&'i T, V)>,
    missing: impl FnOnce() -> String,
    several: &str,
) -> Result<V> {
    let mut found: Vec<(&T, V)> = found.collect();
    found.dedup_by(|left, right| left.1.to_json() == right.1.to_json());
    if found.len() > 1 {
        let choice: Vec<String> = found.iter().map(|(item, value)| describe(*item, value)).collect();
        return Err(Error::refused_because(format!("{several} {}.", choice.join("; "))));
    }
    found.pop().map(|(_, value)| value).ok_or_else(|| Error::new(ErrorKind::NotFound, missing()))
}

/// Enough of an item to choose by: the value, and the item's other short texts.
fn describe<T: serde::Serialize, V: ToJson>(item: &T, value: &V) -> String {
    let value = shown(value).unwrap_or_default();
    let json = serde_json::to_value(item).unwrap_or_default();
    let texts = json.as_object().into_iter().flatten().filter_map(|(_, member)| member.as_str());
    let others: Vec<&str> =
        texts.filter(|text| *text != value && !text.is_empty() && text.len() <= 60).take(2).collect();
    if others.is_empty() { value.into_owned() } else { format!("{value} ({})", others.join(", ")) }
}
