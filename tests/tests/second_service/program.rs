//! Somebody's program that rents a bike, against the server whose address it is given.

use wheels_client::models::{BikeKind, Plan};
use wheels_client::{Client, catalog};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = std::env::args().nth(1).ok_or("an address")?;
    let service = catalog::service();
    println!("{} {} {}", service.base_url, service.authorize_url, service.token_url);
    let wheels = Client::builder().api_key("ann", "secret").base_url(server).build()?;
    let bikes = wheels.bikes().list().station("17").kinds([BikeKind::Cargo]).send().await?;
    let next = bikes.page.as_ref().and_then(|page| page.next.clone()).ok_or("a next page")?;
    println!("{} {next}", bikes.bikes[0].id);
    let ride = wheels.rides().begin().bike("b-1").plan(Plan::Day).note("Ann's").await?;
    println!("{}", ride.id);
    let error = wheels.bikes().get().bike("b-2").await.unwrap_err();
    println!("{error}");
    Ok(())
}
