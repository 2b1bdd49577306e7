//! Parts of which some may be missing, which was reported.

/// All of them, or nothing. Each is read even if one before it is missing, for the faults in it.
pub(super) fn all<T, C: FromIterator<T>>(parts: impl IntoIterator<Item = Option<T>>) -> Option<C> {
    let parts: Vec<Option<T>> = parts.into_iter().collect();
    parts.into_iter().collect()
}

/// Something that may be left out: nothing if it is there and could not be read.
pub(super) fn all_or_none<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    part.map_or(Some(None), |part| part.map(Some))
}
