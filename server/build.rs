//! Builds the binary anew when the site that it embeds changes.

fn main() {
    println!("cargo:rerun-if-changed=../target/site");
}
