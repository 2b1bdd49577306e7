//! How secrets are written into a record that is about to be sealed. Nothing else may write one.

pub(crate) mod text {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use gong_client::Secret;

    pub(crate) fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.reveal())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::from)
    }
}

pub(crate) mod maybe_text {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use gong_client::Secret;

    pub(crate) fn serialize<S: Serializer>(secret: &Option<Secret>, to: S) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Secret::reveal).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
        Option::<String>::deserialize(from).map(|text| text.map(Secret::from))
    }
}
