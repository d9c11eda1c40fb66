-- description: Written in a hurry.
select a,b from core.orders
