//! Encryption of what is kept: XChaCha20-Poly1305, each record bound to its place, so that none can stand in for
//! another.
//!
//! A sealed record is one byte for this layout, eight for the key's name, 24 for the nonce, and the ciphertext with its
//! tag.

use std::path::Path;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::keys::{Key, Keys, no_randomness};
use crate::world::World;

const LAYOUT: u8 = 1;
const ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;

/// Encrypts a record for its place.
pub(crate) fn seal(keys: &Keys, world: &dyn World, place: &[&str], plain: &[u8]) -> Result<Vec<u8>> {
    let key = keys.current().ok_or_else(|| Error::config("the store has no key."))?;
    let mut nonce = [0; NONCE_BYTES];
    world.fill(&mut nonce).map_err(no_randomness)?;
    let payload = Payload { msg: plain, aad: &bound_to(place) };
    let hidden = cipher(key).encrypt(&XNonce::from(nonce), payload);
    let hidden = hidden.map_err(|_| Error::store("a record cannot be encrypted."))?;
    let mut sealed = Vec::with_capacity(1 + ID_BYTES + NONCE_BYTES + hidden.len());
    sealed.push(LAYOUT);
    sealed.extend_from_slice(&key.id);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&hidden);
    Ok(sealed)
}

/// Decrypts the record of a place.
///
/// # Errors
/// [`ErrorKind::WrongKey`] if another key sealed it, [`ErrorKind::Store`] if it was changed or belongs to another
/// place.
pub(crate) fn open(keys: &Keys, place: &[&str], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let (id, nonce, hidden) =
        parts(sealed).ok_or_else(|| Error::store("a record of the store is of no known layout."))?;
    let key = keys.named(id).ok_or_else(wrong_key)?;
    let payload = Payload { msg: hidden, aad: &bound_to(place) };
    let plain = cipher(key).decrypt(&XNonce::from(nonce), payload);
    plain
        .map(Zeroizing::new)
        .map_err(|_| Error::store("a record of the store was changed by somebody without the key."))
}

/// Whether the key that seals now has sealed this record.
pub(crate) fn is_current(keys: &Keys, sealed: &[u8]) -> bool {
    parts(sealed).is_some_and(|(id, ..)| keys.current().is_some_and(|key| key.id == id))
}

pub(crate) fn wrong_key() -> Error {
    let message = "the store was sealed with another key. Nothing of it was read. Give the key it was made with: in \
                   the environment variable GONG_STORE_KEY, in its key file, or in the settings of the store.";
    Error::new(ErrorKind::WrongKey, message)
}

pub(crate) fn missing_key(file: &Path) -> Error {
    let file = file.display();
    let message = format!(
        "the key file {file} is missing, and the store was sealed already. No key was made, since a new one would \
         open nothing of it: put the file back, or give the key in the environment variable GONG_STORE_KEY. If it is \
         lost for good, remove the store and connect its accounts again."
    );
    Error::new(ErrorKind::WrongKey, message)
}

fn parts(sealed: &[u8]) -> Option<(&[u8], [u8; NONCE_BYTES], &[u8])> {
    let (layout, rest) = sealed.split_first()?;
    let (id, rest) = rest.split_at_checked(ID_BYTES)?;
    let (nonce, hidden) = rest.split_at_checked(NONCE_BYTES)?;
    (*layout == LAYOUT).then_some((id, nonce.try_into().ok()?, hidden))
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.bytes).into())
}

/// The place as bytes. Each part has its length in front, so that no two places look alike.
fn bound_to(place: &[&str]) -> Vec<u8> {
    let mut bytes = b"gong-connect 1".to_vec();
    for part in place {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests;
